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
sealed interface Wish {

    /** {@code sensor/set}: {@code well}, {@code unplugged} or {@code shorted}. */
    record Rewire(Cable wire) implements Wish {}

    /** {@code car/set}: {@code out} or {@code home}. */
    record Send(Errand errand) implements Wish {}

    /** {@code broker/set}: {@code rest}, for twenty seconds. */
    record Stop(Pause pause) implements Wish {}

    enum Errand {
        OUT,
        HOME
    }

    enum Pause {
        REST
    }

    /** Reads a wish as a node reads a command: the value alone, or {@code {"id":…,"value":…}}. */
    static Command<Wish> read(String name, byte[] payload) throws Malformed {
        return Command.read(name, shape(name), Decoder.decode(payload), Instant.MAX);
    }

    private static PayloadCodec<Wish> shape(String name) throws Malformed {
        return switch (name) {
            case "sensor/set" -> of(Cable.class, Rewire::new);
            case "car/set" -> of(Errand.class, Send::new);
            case "broker/set" -> of(Pause.class, Stop::new);
            default -> throw new Malformed("no such wish: expected sensor/set, car/set or broker/set");
        };
    }

    private static <E extends Enum<E>> PayloadCodec<Wish> of(Class<E> words, Function<E, Wish> wish) {
        return PayloadCodec.oneOf(words, '-')
                .map(wish::apply, known -> new Payload.Text(known.toString().toLowerCase(Locale.ROOT)));
    }
}
