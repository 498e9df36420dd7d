package hearth.common.runtime;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The health of a node. Counters start at zero with the process.
 *
 * @param connections  connections to the broker
 * @param queued       messages that wait to be sent
 * @param dropped      messages dropped because they expired or the queue was full
 * @param rejected     commands rejected before they reached the controller, or dropped in favour of newer ones
 * @param sensorErrors failed readings
 * @param switchings   changes of outputs
 * @param cpu          the processor's temperature in °C, if the board reports it
 */
public record Health(
        Duration uptime,
        String version,
        long connections,
        long queued,
        long dropped,
        long rejected,
        long sensorErrors,
        long switchings,
        OptionalDouble cpu) {

    public static final Topic<Health> TOPIC = Topic.state(
            "health",
            0,
            PayloadCodec.fields(Health::fields, fields -> {
                throw new UnsupportedOperationException("no node reads health messages");
            }),
            "counters since the start of the node, every 10 minutes and when `connections`, `dropped`,"
                    + " `rejected` or `sensor_errors` changes: `{\"uptime_s\":3600, \"version\":\"0.1.0\","
                    + " \"connections\":1, \"queued\":0, \"dropped\":0, \"rejected\":0, \"sensor_errors\":0,"
                    + " \"switchings\":4, \"cpu_c\":48.3}`; `uptime_s`: seconds since the start; `connections`:"
                    + " connections to the broker, 1 if none was lost; `queued`: messages that now wait for the"
                    + " broker or its acknowledgement; `dropped`: messages that expired or did not fit into the"
                    + " queue; `rejected`: commands that did not reach the controller, because they were rejected"
                    + " or too many waited; `sensor_errors`: failed readings; `switchings`: changes of outputs;"
                    + " `cpu_c`: temperature of the processor in °C, null if the board does not report it. A"
                    + " steady increase of `connections`, `dropped`, `rejected` or `sensor_errors` shows a problem");

    /** Whether a counter that shows a problem has changed since the other. */
    boolean isWorseThan(Health before) {
        return connections != before.connections
                || dropped != before.dropped
                || rejected != before.rejected
                || sensorErrors != before.sensorErrors;
    }

    private Payload.Fields fields() {
        return Payload.Fields.of(
                "uptime_s", uptime.toSeconds(),
                "version", version,
                "connections", connections,
                "queued", queued,
                "dropped", dropped,
                "rejected", rejected,
                "sensor_errors", sensorErrors,
                "switchings", switchings,
                "cpu_c", cpu.isPresent() ? cpu.getAsDouble() : Payload.JSON_NULL);
    }
}
