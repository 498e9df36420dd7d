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

/** Prints what is visible outside the nodes: one line per event, and the room every 15 minutes without an event. */
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

    /** @param nodes the nodes whose status and faults are printed */
    StoryPrinter(Consumer<StoryLine> output, List<String> nodes, HouseSnapshot first) {
        this.output = output;
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

    /** Prints a line with the time. */
    void print(TextStyle style, String what) {
        printLine(previous, style, what);
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
                    printLine(now, TextStyle.GOOD, node + " has no fault any more");
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
                    now.sunny() ? "the sun shines into the room" : "the sun no longer shines into the room");
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
        if (changed(now, "car/presence") && !now.latest("car/presence").equals("approaching")) {
            printLine(now, TextStyle.PLAIN, "car publishes: " + now.latest("car/presence"));
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

    /** Prints the start and the cancellation of an approach, but not each new estimate. */
    private void printApproachChanges(HouseSnapshot now) {
        try {
            Payload.Fields approach = fields(now.latest("car/approach"));
            if (approach.has("called_off") && approach.flag("called_off")) {
                printLine(now, TextStyle.PLAIN, "car publishes: approach cancelled");
            } else if (approach.has("eta_s") && !approach.text("trip").equals(announcedTrip)) {
                announcedTrip = approach.text("trip");
                printLine(
                        now,
                        TextStyle.PLAIN,
                        "car publishes: coming, home in " + minutes(Duration.ofSeconds(approach.seconds("eta_s"))));
            }
        } catch (Malformed e) {
            printLine(now, TextStyle.FAULT, "car publishes an unreadable approach: " + e.reason());
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

    private void printRoom(HouseSnapshot now, TextStyle style, String event, String after) {
        boolean received = now.roomC().isPresent();
        String room = "room " + degrees(now.roomC().orElse(now.sensorC())) + (received ? "  " : " (at the sensor)  ");
        output.accept(new StoryLine(time(now), room, style, event, after));
        roomPrintedAt = now.time();
    }

    private void printLine(HouseSnapshot now, TextStyle style, String what) {
        output.accept(new StoryLine(time(now), "", style, what, ""));
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
