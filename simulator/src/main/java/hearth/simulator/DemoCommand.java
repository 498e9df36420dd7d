package hearth.simulator;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.mqtt.Decoder;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/** What somebody at the page may do to the simulated house; each has a topic below {@code demo} that no node knows. */
sealed interface DemoCommand {

    /** {@code sensor/set}: {@code well}, {@code unplugged} or {@code shorted}. */
    record SetSensorWiring(SensorWiring wiring) implements DemoCommand {}

    /** {@code car/set}: {@code out} or {@code home}. */
    record SendCar(CarDestination destination) implements DemoCommand {}

    /** {@code broker/set}: {@code rest}, for twenty seconds. */
    record StopBroker(BrokerPause pause) implements DemoCommand {}

    enum CarDestination {
        OUT,
        HOME
    }

    enum BrokerPause {
        REST
    }

    /** Reads a wish as a node reads a command: the value alone, or {@code {"id":…,"value":…}}. */
    static Command<DemoCommand> read(String name, byte[] payload) throws Malformed {
        return Command.read(name, codec(name), Decoder.decode(payload), Instant.MAX);
    }

    private static PayloadCodec<DemoCommand> codec(String name) throws Malformed {
        return switch (name) {
            case "sensor/set" -> enumCodec(SensorWiring.class, SetSensorWiring::new);
            case "car/set" -> enumCodec(CarDestination.class, SendCar::new);
            case "broker/set" -> enumCodec(BrokerPause.class, StopBroker::new);
            default -> throw new Malformed("no such wish: expected sensor/set, car/set or broker/set");
        };
    }

    private static <E extends Enum<E>> PayloadCodec<DemoCommand> enumCodec(
            Class<E> words, Function<E, DemoCommand> wish) {
        return PayloadCodec.oneOf(words, '-')
                .map(wish::apply, known -> new Payload.Text(known.toString().toLowerCase(Locale.ROOT)));
    }
}
