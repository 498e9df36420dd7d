package hearth.simulator;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.mqtt.Decoder;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/** A command of the page to the simulated house. Each has a topic below {@code demo} to which no node subscribes. */
sealed interface DemoCommand {

    /** {@code sensor/set}: {@code well}, {@code unplugged} or {@code shorted}. */
    record SetSensorWiring(SensorWiring wiring) implements DemoCommand {}

    /** {@code car/set}: {@code out} or {@code home}. */
    record SendCar(CarDestination destination) implements DemoCommand {}

    /** {@code broker/set}: {@code rest} stops the broker for twenty seconds. */
    record StopBroker(BrokerPause pause) implements DemoCommand {}

    enum CarDestination {
        OUT,
        HOME
    }

    enum BrokerPause {
        REST
    }

    /** Parses a payload in the format of a node's commands: the value alone, or {@code {"id":…,"value":…}}. */
    static Command<DemoCommand> read(String name, byte[] payload) throws Malformed {
        return Command.read(name, codec(name), Decoder.decode(payload), Instant.MAX);
    }

    private static PayloadCodec<DemoCommand> codec(String name) throws Malformed {
        return switch (name) {
            case "sensor/set" -> enumCodec(SensorWiring.class, SetSensorWiring::new);
            case "car/set" -> enumCodec(CarDestination.class, SendCar::new);
            case "broker/set" -> enumCodec(BrokerPause.class, StopBroker::new);
            default -> throw new Malformed("no such topic: expected sensor/set, car/set or broker/set");
        };
    }

    private static <E extends Enum<E>> PayloadCodec<DemoCommand> enumCodec(
            Class<E> values, Function<E, DemoCommand> command) {
        return PayloadCodec.oneOf(values, '-')
                .map(command::apply, known -> new Payload.Text(known.toString().toLowerCase(Locale.ROOT)));
    }
}
