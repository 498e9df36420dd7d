package hearth.common.runtime;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a node is doing. Counts are since its start.
 *
 * @param connections  to the broker
 * @param queued       messages waiting
 * @param dropped      messages too old or too many
 * @param rejected     commands refused before the device saw them, or given way to newer ones
 * @param sensorErrors readings that failed
 * @param switchings   changes of outputs
 * @param cpu          the processor's temperature in °C, where the board tells
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
            "counters since the start of the node, every 10 minutes and when `connections`, `dropped`, `rejected` or"
                    + " `sensor_errors` changes: `{\"uptime_s\":3600, \"version\":\"0.1.0\", \"connections\":1, \"queued\":0,"
                    + " \"dropped\":0, \"rejected\":0, \"sensor_errors\":0, \"switchings\":4, \"cpu_c\":48.3}`; `cpu_c` is null if the"
                    + " board does not report it");

    private static final Path PROCESSOR = Path.of("/sys/class/thermal/thermal_zone0/temp");

    /** True if the other tells of trouble that this one does not. */
    boolean isWorseThan(Health before) {
        return connections != before.connections
                || dropped != before.dropped
                || rejected != before.rejected
                || sensorErrors != before.sensorErrors;
    }

    static OptionalDouble processorTemperature() {
        try {
            return OptionalDouble.of(
                    Math.round(Double.parseDouble(Files.readString(PROCESSOR).strip()) / 100) / 10.0);
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty(); // Not every board has one.
        }
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
