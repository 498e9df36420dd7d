package hearth.simulator;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.simulator.terminal.StoryLine;
import hearth.simulator.terminal.TextStyle;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells the story as it is seen from outside: a line for each thing that happens, and one now and then if nothing does. */
final class StoryPrinter {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final Duration MAX_SILENCE = Duration.ofMinutes(15);
    private static final double MIN_PRINTED_STEP_KM = 3;

    private final Consumer<StoryLine> output;
    private final List<String> nodes;
    private String announcedTrip = "";
    private HouseSnapshot previous;
    private LocalDateTime roomPrintedAt;
    private double printedKm;

    /** @param nodes whose status and faults are told */
    StoryPrinter(Consumer<StoryLine> page, List<String> nodes, HouseSnapshot first) {
        this.output = page;
        this.nodes = List.copyOf(nodes);
        this.previous = first;
        this.roomPrintedAt = first.time();
        this.printedKm = first.parsed("car/distance").orElse(0);
    }

    void printStart() {
        printRoom(previous, TextStyle.STATUS, "outside " + degrees(previous.outsideC()), "");
        previous.parsed("car/distance")
                .ifPresent(km -> printLine(
                        previous, TextStyle.STATUS, "car " + previous.latest("car/distance") + " km from home"));
    }

    /** Adds a line of somebody else's, with the time. */
    void print(TextStyle ink, String what) {
        printLine(previous, ink, what);
    }

    void observe(HouseSnapshot now) {
        printNodeChanges(now);
        printWeatherChanges(now);
        printRoomChanges(now);
        printCarChanges(now);
        printCoffeeChanges(now);
        previous = now;
    }

    private void printNodeChanges(HouseSnapshot now) {
        for (String node : nodes) {
            if (changed(now, node + "/status")) {
                String status = now.latest(node + "/status");
                printLine(now, status.equals("online") ? TextStyle.GOOD : TextStyle.FAULT, node + " is " + status);
            }
            if (changed(now, node + "/fault")) {
                String fault = now.latest(node + "/fault");
                if (fault.equals("none")) {
                    printLine(now, TextStyle.GOOD, node + " is well again");
                } else {
                    printLine(now, TextStyle.FAULT, node + " has a fault: " + fault);
                }
            }
        }
    }

    private void printWeatherChanges(HouseSnapshot now) {
        if (now.sunny() != previous.sunny()) {
            printLine(
                    now,
                    TextStyle.ROUTINE,
                    now.sunny() ? "the sun comes in at the window" : "the sun has left the window");
        }
    }

    private void printRoomChanges(HouseSnapshot now) {
        if (now.heating() != previous.heating()) {
            printRoom(now, TextStyle.HEATING, "heating " + onOrOff(now.heating()), relay(House.HEAT_PIN));
        }
        if (now.cooling() != previous.cooling()) {
            printRoom(now, TextStyle.COOLING, "cooling " + onOrOff(now.cooling()), relay(House.COOL_PIN));
        }
        if (Duration.between(roomPrintedAt, now.time()).compareTo(MAX_SILENCE) >= 0) {
            printRoom(now, TextStyle.STATUS, "outside " + degrees(now.outsideC()), "");
        }
    }

    private void printCarChanges(HouseSnapshot now) {
        double km = now.parsed("car/distance").orElse(printedKm);
        if (Math.abs(km - printedKm) >= MIN_PRINTED_STEP_KM) {
            printLine(now, TextStyle.ROUTINE, "car " + now.latest("car/distance") + " km from home");
            printedKm = km;
        }
        if (changed(now, "car/approach")) {
            printApproachChanges(now);
        }
        if (changed(now, "car/presence") && !now.latest("car/presence").equals("approaching")) { // Told just above.
            printLine(now, TextStyle.PLAIN, "car says: " + now.latest("car/presence"));
        }
        if (now.carHome() && !previous.carHome()) {
            printLine(
                    now,
                    now.cupReady() ? TextStyle.COFFEE : TextStyle.PLAIN,
                    "the car is home: "
                            + (now.cupReady()
                                    ? "the coffee has been ready for " + minutes(now.cupReadyFor())
                                    : "no coffee is ready"));
        }
        if (!now.carHome() && previous.carHome()) {
            printLine(now, TextStyle.PLAIN, "the car leaves for work");
        }
    }

    /** The estimate is kept true all along the way; only that the car is coming, and that it is not, are news. */
    private void printApproachChanges(HouseSnapshot now) {
        try {
            Payload.Fields approach = fields(now.latest("car/approach"));
            if (approach.has("called_off") && approach.flag("called_off")) {
                printLine(now, TextStyle.PLAIN, "car says: not coming after all");
            } else if (approach.has("eta_s") && !approach.text("trip").equals(announcedTrip)) {
                announcedTrip = approach.text("trip");
                printLine(
                        now,
                        TextStyle.PLAIN,
                        "car says: coming, home in " + minutes(Duration.ofSeconds(approach.seconds("eta_s"))));
            }
        } catch (Malformed e) {
            printLine(now, TextStyle.FAULT, "car says something odd: " + e.reason());
        }
    }

    private void printCoffeeChanges(HouseSnapshot now) {
        if (now.brewing() != previous.brewing()) {
            output.accept(new StoryLine(
                    time(now),
                    "",
                    TextStyle.COFFEE,
                    "coffee machine " + onOrOff(now.brewing()),
                    relay(House.COFFEE_PIN)));
        }
        if (now.cupReady() && !previous.cupReady()) {
            printLine(now, TextStyle.COFFEE, "the coffee is ready");
        }
    }

    private boolean changed(HouseSnapshot now, String topic) {
        return !now.latest(topic).isEmpty() && !now.latest(topic).equals(previous.latest(topic));
    }

    private void printRoom(HouseSnapshot now, TextStyle ink, String news, String after) {
        boolean heard = now.roomC().isPresent();
        String room = "room " + degrees(now.roomC().orElse(now.sensorC())) + (heard ? "  " : " (at the sensor)  ");
        output.accept(new StoryLine(time(now), room, ink, news, after));
        roomPrintedAt = now.time();
    }

    private void printLine(HouseSnapshot now, TextStyle ink, String what) {
        output.accept(new StoryLine(time(now), "", ink, what, ""));
    }

    private static String time(HouseSnapshot now) {
        return HOUR.format(now.time());
    }

    private static String onOrOff(boolean on) {
        return on ? "on " : "off";
    }

    private static String relay(int pin) {
        return "  (relay " + pin + ")";
    }

    static String degrees(double celsius) {
        return String.format(Locale.ROOT, "%.1f °C", celsius);
    }

    private static String minutes(Duration time) {
        return Math.round(time.toSeconds() / 60.0) + " min";
    }

    private static Payload.Fields fields(String json) throws Malformed {
        return json.isEmpty() ? Payload.Fields.of() : Json.fields(json);
    }
}
