package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.mqtt.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a broker that is somebody else's delivers: commands and states that nobody sent, and those from before again. */
final class Forger {

    private static final int KEPT = 1000;
    private static final List<String> TARGETS =
            List.of("5.0", "30.0", "18.5", "25", "4.5", "30.5", "20.3", "-300", "1e9", "NaN", "69.8", "", "21.0,5");
    private static final List<String> MODES = List.of("off", "heat", "cool", "heat_cool", "dry", "HEAT");
    private static final List<String> PRESETS = List.of("home", "away", "asleep");
    private static final List<String> PRESSES = List.of("PRESS", "PRESS", "press", "1");

    private final Random random;
    private final List<Incoming> before = new ArrayList<>();
    private int trips;

    Forger(long seed) {
        this.random = new Random(seed);
    }

    /** Anything for a thermostat: one in five is a repeat of what came before, as old as it may be. */
    Incoming forTheThermostat() {
        return again(
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> command("airco/target/set", TARGETS, false);
                    case 3, 4 -> command("airco/mode/set", MODES, false);
                    case 5 -> command("airco/preset/set", PRESETS, false);
                    case 6 -> command("airco/reset/set", PRESSES, false);
                    default ->
                        switch (random.nextInt(4)) {
                            case 0 -> said("airco/status", "offline");
                            case 1 -> said("airco/action", "heating");
                            case 2 -> said("airco/history/ack", "h1 h2");
                            default -> noise("airco/target/set");
                        };
                });
    }

    /** Anything for a coffee machine; it is cancelled but seldom, so that it has something to do. */
    Incoming forTheCoffee() {
        return again(
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> approach();
                    case 3, 4, 5 -> command("coffee/brew/set", PRESSES, random.nextInt(4) == 0);
                    case 6 ->
                        random.nextInt(500) == 0
                                ? command("coffee/cancel/set", PRESSES, false)
                                : noise("coffee/cancel/set");
                    default -> noise(random.nextBoolean() ? "coffee/brew/set" : "car/approach");
                });
    }

    /** A number from the attacker's own dice. */
    int dice(int sides) {
        return random.nextInt(sides);
    }

    private Incoming again(Incoming fresh) {
        if (!before.isEmpty() && random.nextInt(5) == 0) {
            return before.get(random.nextInt(before.size()));
        }
        if (before.size() == KEPT) {
            before.set(random.nextInt(KEPT), fresh);
        } else {
            before.add(fresh);
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

    /** One of five trips, or one that nobody has heard of. */
    private Incoming approach() {
        String trip = random.nextInt(3) == 0 ? "forged" + trips++ : "trip" + random.nextInt(5);
        String text = random.nextInt(8) == 0
                ? "{\"trip\":\"" + trip + "\",\"called_off\":true}"
                : "{\"trip\":\"" + trip + "\",\"eta_s\":" + random.nextInt(1200) + "}";
        return incoming("car/approach", text.getBytes(UTF_8), random.nextBoolean());
    }

    private static Incoming said(String topic, String text) {
        return new Incoming("home/" + topic, text.getBytes(UTF_8), true, Incoming.ABSENT, Incoming.ABSENT);
    }

    private Incoming noise(String topic) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return incoming(topic, bytes, random.nextInt(10) == 0);
    }

    /** With a life or without, and perhaps with more left than there ever was. */
    private Incoming incoming(String topic, byte[] bytes, boolean retained) {
        boolean lives = random.nextBoolean();
        return new Incoming(
                "home/" + topic,
                bytes,
                retained,
                lives ? random.nextInt(2000) : Incoming.ABSENT,
                lives ? random.nextInt(2000) : Incoming.ABSENT);
    }
}
