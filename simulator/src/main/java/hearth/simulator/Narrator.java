package hearth.simulator;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.simulator.terminal.Ink;
import hearth.simulator.terminal.Line;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells the story as it is seen from outside: a line for each thing that happens, and one now and then if nothing does. */
final class Narrator {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final Duration QUIET = Duration.ofMinutes(15);
    private static final double WORTH_SAYING_KM = 3;

    private final Consumer<Line> page;
    private final List<String> nodes;
    private String toldOfTrip = "";
    private Sight last;
    private LocalDateTime lastRoom;
    private double saidKm;

    /** @param nodes whose status and faults are told */
    Narrator(Consumer<Line> page, List<String> nodes, Sight first) {
        this.page = page;
        this.nodes = List.copyOf(nodes);
        this.last = first;
        this.lastRoom = first.time();
        this.saidKm = first.number("car/distance").orElse(0);
    }

    void begins() {
        sayRoom(last, Ink.STATUS, "outside " + degrees(last.outsideC()), "");
        last.number("car/distance")
                .ifPresent(km -> say(last, Ink.STATUS, "car " + last.heard("car/distance") + " km from home"));
    }

    /** Adds a line of somebody else's, with the time. */
    void says(Ink ink, String what) {
        say(last, ink, what);
    }

    void sees(Sight now) {
        tellNodes(now);
        tellWeather(now);
        tellRoom(now);
        tellCar(now);
        tellCoffee(now);
        last = now;
    }

    private void tellNodes(Sight now) {
        for (String node : nodes) {
            if (changed(now, node + "/status")) {
                String status = now.heard(node + "/status");
                say(now, status.equals("online") ? Ink.GOOD : Ink.FAULT, node + " is " + status);
            }
            if (changed(now, node + "/fault")) {
                String fault = now.heard(node + "/fault");
                if (fault.equals("none")) {
                    say(now, Ink.GOOD, node + " is well again");
                } else {
                    say(now, Ink.FAULT, node + " has a fault: " + fault);
                }
            }
        }
    }

    private void tellWeather(Sight now) {
        if (now.sunny() != last.sunny()) {
            say(now, Ink.ROUTINE, now.sunny() ? "the sun comes in at the window" : "the sun has left the window");
        }
    }

    private void tellRoom(Sight now) {
        if (now.heating() != last.heating()) {
            sayRoom(now, Ink.HEATING, "heating " + onOrOff(now.heating()), relay(House.HEAT_PIN));
        }
        if (now.cooling() != last.cooling()) {
            sayRoom(now, Ink.COOLING, "cooling " + onOrOff(now.cooling()), relay(House.COOL_PIN));
        }
        if (Duration.between(lastRoom, now.time()).compareTo(QUIET) >= 0) {
            sayRoom(now, Ink.STATUS, "outside " + degrees(now.outsideC()), "");
        }
    }

    private void tellCar(Sight now) {
        double km = now.number("car/distance").orElse(saidKm);
        if (Math.abs(km - saidKm) >= WORTH_SAYING_KM) {
            say(now, Ink.ROUTINE, "car " + now.heard("car/distance") + " km from home");
            saidKm = km;
        }
        if (changed(now, "car/approach")) {
            tellApproach(now);
        }
        if (changed(now, "car/presence") && !now.heard("car/presence").equals("approaching")) { // Told just above.
            say(now, Ink.PLAIN, "car says: " + now.heard("car/presence"));
        }
        if (now.carHome() && !last.carHome()) {
            say(
                    now,
                    now.cupReady() ? Ink.COFFEE : Ink.PLAIN,
                    "the car is home: "
                            + (now.cupReady()
                                    ? "the coffee has been ready for " + minutes(now.cupReadyFor())
                                    : "no coffee is ready"));
        }
        if (!now.carHome() && last.carHome()) {
            say(now, Ink.PLAIN, "the car leaves for work");
        }
    }

    /** The estimate is kept true all along the way; only that the car is coming, and that it is not, are news. */
    private void tellApproach(Sight now) {
        try {
            Payload.Fields approach = fields(now.heard("car/approach"));
            if (approach.has("called_off") && approach.flag("called_off")) {
                say(now, Ink.PLAIN, "car says: not coming after all");
            } else if (approach.has("eta_s") && !approach.text("trip").equals(toldOfTrip)) {
                toldOfTrip = approach.text("trip");
                say(
                        now,
                        Ink.PLAIN,
                        "car says: coming, home in " + minutes(Duration.ofSeconds(approach.seconds("eta_s"))));
            }
        } catch (Malformed e) {
            say(now, Ink.FAULT, "car says something odd: " + e.reason());
        }
    }

    private void tellCoffee(Sight now) {
        if (now.brewing() != last.brewing()) {
            page.accept(new Line(
                    time(now), "", Ink.COFFEE, "coffee machine " + onOrOff(now.brewing()), relay(House.COFFEE_PIN)));
        }
        if (now.cupReady() && !last.cupReady()) {
            say(now, Ink.COFFEE, "the coffee is ready");
        }
    }

    private boolean changed(Sight now, String topic) {
        return !now.heard(topic).isEmpty() && !now.heard(topic).equals(last.heard(topic));
    }

    private void sayRoom(Sight now, Ink ink, String news, String after) {
        boolean heard = now.roomC().isPresent();
        String room = "room " + degrees(now.roomC().orElse(now.feltC())) + (heard ? "  " : " (at the sensor)  ");
        page.accept(new Line(time(now), room, ink, news, after));
        lastRoom = now.time();
    }

    private void say(Sight now, Ink ink, String what) {
        page.accept(new Line(time(now), "", ink, what, ""));
    }

    private static String time(Sight now) {
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
