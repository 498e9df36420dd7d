package hearth.simulator;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
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

    private final Consumer<String> page;
    private final List<String> nodes;
    private String toldOfTrip = "";
    private Sight last;
    private LocalDateTime lastRoom;
    private double saidKm;

    /** @param nodes whose status and faults are told */
    Narrator(Consumer<String> page, List<String> nodes, Sight first) {
        this.page = page;
        this.nodes = List.copyOf(nodes);
        this.last = first;
        this.lastRoom = first.time();
        this.saidKm = first.number("car/distance").orElse(0);
    }

    void begins() {
        sayRoom(last, "outside " + degrees(last.outsideC()));
        last.number("car/distance").ifPresent(km -> say(last, "car " + last.heard("car/distance") + " km from home"));
    }

    /** Adds a line of somebody else's, with the time. */
    void says(String what) {
        say(last, what);
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
                say(now, node + " is " + now.heard(node + "/status"));
            }
            if (changed(now, node + "/fault")) {
                String fault = now.heard(node + "/fault");
                say(now, fault.equals("none") ? node + " is well again" : node + " has a fault: " + fault);
            }
        }
    }

    private void tellWeather(Sight now) {
        if (now.sunny() != last.sunny()) {
            say(now, now.sunny() ? "the sun comes in at the window" : "the sun has left the window");
        }
    }

    private void tellRoom(Sight now) {
        if (now.heating() != last.heating()) {
            sayRoom(now, "heating " + (now.heating() ? "on " : "off") + "  (relay " + House.HEAT_PIN + ")");
        }
        if (now.cooling() != last.cooling()) {
            sayRoom(now, "cooling " + (now.cooling() ? "on " : "off") + "  (relay " + House.COOL_PIN + ")");
        }
        if (Duration.between(lastRoom, now.time()).compareTo(QUIET) >= 0) {
            sayRoom(now, "outside " + degrees(now.outsideC()));
        }
    }

    private void tellCar(Sight now) {
        double km = now.number("car/distance").orElse(saidKm);
        if (Math.abs(km - saidKm) >= WORTH_SAYING_KM) {
            say(now, "car " + now.heard("car/distance") + " km from home");
            saidKm = km;
        }
        if (changed(now, "car/approach")) {
            tellApproach(now);
        }
        if (changed(now, "car/presence") && !now.heard("car/presence").equals("approaching")) { // Told just above.
            say(now, "car says: " + now.heard("car/presence"));
        }
        if (now.carHome() && !last.carHome()) {
            say(
                    now,
                    "the car is home: "
                            + (now.cupReady()
                                    ? "the coffee has been ready for " + minutes(now.cupReadyFor())
                                    : "no coffee is ready"));
        }
        if (!now.carHome() && last.carHome()) {
            say(now, "the car leaves for work");
        }
    }

    /** The estimate is kept true all along the way; only that the car is coming, and that it is not, are news. */
    private void tellApproach(Sight now) {
        try {
            Payload.Fields approach = fields(now.heard("car/approach"));
            if (approach.has("called_off") && approach.flag("called_off")) {
                say(now, "car says: not coming after all");
            } else if (approach.has("eta_s") && !approach.text("trip").equals(toldOfTrip)) {
                toldOfTrip = approach.text("trip");
                say(now, "car says: coming, home in " + minutes(Duration.ofSeconds(approach.seconds("eta_s"))));
            }
        } catch (Malformed e) {
            say(now, "car says something odd: " + e.reason());
        }
    }

    private void tellCoffee(Sight now) {
        if (now.brewing() != last.brewing()) {
            say(now, "coffee machine " + (now.brewing() ? "on " : "off") + "  (relay " + House.COFFEE_PIN + ")");
        }
        if (now.cupReady() && !last.cupReady()) {
            say(now, "the coffee is ready");
        }
    }

    private boolean changed(Sight now, String topic) {
        return !now.heard(topic).isEmpty() && !now.heard(topic).equals(last.heard(topic));
    }

    private void sayRoom(Sight now, String what) {
        boolean heard = now.roomC().isPresent();
        say(now, "room " + degrees(now.roomC().orElse(now.feltC())) + (heard ? "  " : " (at the sensor)  ") + what);
        lastRoom = now.time();
    }

    private void say(Sight now, String what) {
        page.accept(HOUR.format(now.time()) + "  " + what);
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
