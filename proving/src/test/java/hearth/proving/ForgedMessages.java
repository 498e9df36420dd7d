package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.mqtt.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The messages of a captured broker: forged commands and states, and repeated earlier messages. */
final class ForgedMessages {

    private static final int MAX_HISTORY = 1000;
    private static final List<String> TARGETS =
            List.of("5.0", "30.0", "18.5", "25", "4.5", "30.5", "20.3", "-300", "1e9", "NaN", "69.8", "", "21.0,5");
    private static final List<String> MODES = List.of("off", "heat", "cool", "heat_cool", "dry", "HEAT");
    private static final List<String> PRESETS = List.of("home", "away", "asleep");
    private static final List<String> PRESS_COMMANDS = List.of("PRESS", "PRESS", "press", "1");

    private final Random random;
    private final List<Incoming> history = new ArrayList<>();
    private int trips;

    ForgedMessages(long seed) {
        this.random = new Random(seed);
    }

    /** A random message for a thermostat; one in five repeats an earlier message of any age. */
    Incoming nextForThermostat() {
        return maybeRepeat(
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> command("airco/target/set", TARGETS, false);
                    case 3, 4 -> command("airco/mode/set", MODES, false);
                    case 5 -> command("airco/preset/set", PRESETS, false);
                    case 6 -> command("airco/reset/set", PRESS_COMMANDS, false);
                    default ->
                        switch (random.nextInt(4)) {
                            case 0 -> state("airco/status", "offline");
                            case 1 -> state("airco/action", "heating");
                            case 2 -> state("airco/history/ack", "h1 h2");
                            default -> randomBytes("airco/target/set");
                        };
                });
    }

    /** A random message for a coffee machine; cancellations are rare, so that it brews at all. */
    Incoming nextForCoffee() {
        return maybeRepeat(
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> approach();
                    case 3, 4, 5 -> command("coffee/brew/set", PRESS_COMMANDS, random.nextInt(4) == 0);
                    case 6 ->
                        random.nextInt(500) == 0
                                ? command("coffee/cancel/set", PRESS_COMMANDS, false)
                                : randomBytes("coffee/cancel/set");
                    default -> randomBytes(random.nextBoolean() ? "coffee/brew/set" : "car/approach");
                });
    }

    /** A random number of the attacker. */
    int randomBelow(int sides) {
        return random.nextInt(sides);
    }

    private Incoming maybeRepeat(Incoming fresh) {
        if (!history.isEmpty() && random.nextInt(5) == 0) {
            return history.get(random.nextInt(history.size()));
        }
        if (history.size() == MAX_HISTORY) {
            history.set(random.nextInt(MAX_HISTORY), fresh);
        } else {
            history.add(fresh);
        }
        return fresh;
    }

    private Incoming command(String topic, List<String> values, boolean retained) {
        String value = values.get(random.nextInt(values.size()));
        String quoted = topic.endsWith("target/set") ? value : "\"" + value + "\"";
        String text =
                switch (random.nextInt(4)) {
                    case 0, 1 -> value;
                    case 2 -> "{\"id\":\"id" + random.nextInt(50) + "\",\"value\":" + quoted + "}";
                    default -> "{\"id\":\"new" + random.nextInt(1_000_000) + "\",\"value\":" + quoted + "}";
                };
        return incoming(topic, text.getBytes(UTF_8), retained || random.nextInt(20) == 0);
    }

    /** One of five trips, or an invented one. */
    private Incoming approach() {
        String trip = random.nextInt(3) == 0 ? "forged" + trips++ : "trip" + random.nextInt(5);
        String text = random.nextInt(8) == 0
                ? "{\"trip\":\"" + trip + "\",\"called_off\":true}"
                : "{\"trip\":\"" + trip + "\",\"eta_s\":" + random.nextInt(1200) + "}";
        return incoming("car/approach", text.getBytes(UTF_8), random.nextBoolean());
    }

    private static Incoming state(String topic, String text) {
        return new Incoming("home/" + topic, text.getBytes(UTF_8), true, Incoming.ABSENT, Incoming.ABSENT);
    }

    private Incoming randomBytes(String topic) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return incoming(topic, bytes, random.nextInt(10) == 0);
    }

    /** With or without a message expiry, and sometimes with more time left than its total. */
    private Incoming incoming(String topic, byte[] bytes, boolean retained) {
        boolean expires = random.nextBoolean();
        return new Incoming(
                "home/" + topic,
                bytes,
                retained,
                expires ? random.nextInt(2000) : Incoming.ABSENT,
                expires ? random.nextInt(2000) : Incoming.ABSENT);
    }
}
