package hearth.proving;

import static java.util.stream.Collectors.joining;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.proving.road.Claim;
import hearth.proving.road.Journey;
import hearth.proving.road.Outing;
import hearth.proving.road.Receiver;
import hearth.testkit.MemoryHal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** An outing driven in a house of a car and a coffee machine, and what the house heard and did, beside what was so. */
final class RoadTrip {

    private static final Position HOME = new Position(52.0, 5.0);

    /** As the settings have them; known here once more, as a judge should. */
    private static final double HOME_M = 150;

    private static final double LEFT_M = 2_500;

    private static final int NEVER = Integer.MAX_VALUE;

    /** What the house heard of one trip; when, in seconds. */
    private record Heard(String trip, int at, double metres, long etaS, int calledOffAt) {}

    private record Cup(int begunAt, int readyAt) {}

    private final Outing outing;
    private final List<Integer> arrivals = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<Cup> cups = new ArrayList<>();
    private boolean away;
    private int brewingSince = NEVER;

    private RoadTrip(Outing outing) {
        this.outing = outing;
    }

    static RoadTrip driven(Outing outing, long noise, Function<Claim, Optional<Fix>> receiver, Path memories) {
        RoadTrip trip = new RoadTrip(outing);
        trip.drive(new Receiver(HOME, noise), receiver, memories);
        return trip;
    }

    private void drive(Receiver receiver, Function<Claim, Optional<Fix>> driver, Path memories) {
        VirtualHouse house = new VirtualHouse(memories);
        house.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        MemoryHal car = start(house);
        List<Journey.Second> seconds = outing.journey().seconds();
        for (int at = 0; at < seconds.size(); at++) {
            Journey.Second second = seconds.get(at);
            List<Claim> said = receiver.says(second, house.now());
            switch (second.happening()) {
                case POWER_CUT -> {
                    house.powerCut("car");
                    car = new MemoryHal(); // Nobody listens to the receiver.
                }
                case POWER_BACK -> car = start(house);
                case COVERAGE_LOST -> house.broker().unplug("car");
                case COVERAGE_BACK -> house.broker().plugIn("car");
                case NOTHING -> {}
            }
            for (Claim claim : said) {
                driver.apply(claim).ifPresent(car::emitFix);
            }
            if (second.happening() != Journey.Happening.POWER_BACK) {
                house.pass(Duration.ofSeconds(1));
            }
            look(house, at, second.place().metresFromHome());
        }
    }

    /** Takes a second. */
    private static MemoryHal start(VirtualHouse house) {
        return house.start(new CarNode(), "car", "car.home = 52.0, 5.0");
    }

    private void look(VirtualHouse house, int at, double metres) {
        away |= metres > LEFT_M;
        if (away && metres <= HOME_M) {
            arrivals.add(at);
            away = false;
        }
        listen(stored(house, "car/approach"), at, metres);
        boolean brewing = stored(house, "coffee/phase").equals("brewing");
        if (!brewing && brewingSince != NEVER) {
            cups.add(new Cup(brewingSince, at));
            brewingSince = NEVER;
        } else if (brewing) {
            brewingSince = Math.min(brewingSince, at);
        }
    }

    private void listen(String approach, int at, double metres) {
        if (approach.isEmpty()) {
            return;
        }
        Payload.Fields fields = fields(approach);
        String trip = (String) fields.values().get("trip");
        Heard last = heard.isEmpty() ? new Heard("", 0, 0, 0, 0) : heard.get(heard.size() - 1);
        if (fields.has("called_off")) {
            if (last.trip.equals(trip) && last.calledOffAt == NEVER) {
                heard.set(heard.size() - 1, new Heard(trip, last.at, last.metres, last.etaS, at));
            }
        } else if (!last.trip.equals(trip)) {
            heard.add(new Heard(trip, at, metres, (long) fields.values().get("eta_s"), NEVER));
        }
    }

    /** What became of each announcement and each coming home, in the order of time. */
    String verdict() {
        TreeMap<Integer, String> verdicts = new TreeMap<>();
        for (int i = 0; i < arrivals.size(); i++) {
            int arrival = arrivals.get(i);
            double right = outing.right().get(i);
            verdicts.put(
                    arrival,
                    heard.stream()
                            .filter(each -> arrivalOf(each) == arrival)
                            .findFirst()
                            .map(each -> verdict(minutes(each.at, arrival), right))
                            .orElse("missed"));
        }
        heard.stream().filter(each -> arrivalOf(each) == NEVER).forEach(each -> verdicts.put(each.at, "false"));
        return verdicts.isEmpty() ? "silent" : String.join(", ", verdicts.values());
    }

    private static String verdict(double minutes, double right) {
        return minutes < right / 2 ? "late" : minutes > right * 2 ? "early" : "right";
    }

    /** When, where and with which estimate. */
    String said() {
        return heard.stream().map(this::said).collect(joining("<br>"));
    }

    private String said(Heard each) {
        String estimate =
                String.format(Locale.ROOT, "at %.1f km, estimate %.1f min", each.metres / 1000, each.etaS / 60.0);
        if (arrivalOf(each) != NEVER) {
            return String.format(Locale.ROOT, "%.1f min before, %s", minutes(each.at, arrivalOf(each)), estimate);
        }
        return each.calledOffAt == NEVER
                ? estimate
                : String.format(
                        Locale.ROOT, "%s; cancelled %.1f min later", estimate, minutes(each.at, each.calledOffAt));
    }

    /** When the coffee was ready. */
    String cups() {
        return cups.stream().map(this::said).collect(joining("<br>"));
    }

    private String said(Cup cup) {
        int arrival = heard.stream()
                .filter(each -> each.at <= cup.begunAt)
                .reduce((earlier, later) -> later)
                .map(this::arrivalOf)
                .orElse(NEVER);
        if (arrival == NEVER) {
            return "no arrival";
        }
        return cup.readyAt <= arrival
                ? String.format(Locale.ROOT, "%.1f min before", minutes(cup.readyAt, arrival))
                : String.format(Locale.ROOT, "%.1f min after", minutes(arrival, cup.readyAt));
    }

    /** The coming home that it was about. */
    private int arrivalOf(Heard each) {
        int arrival = arrivals.stream().filter(at -> at > each.at).findFirst().orElse(NEVER);
        boolean another = heard.stream().anyMatch(later -> later.at > each.at && later.at < arrival);
        return another || each.calledOffAt < arrival ? NEVER : arrival;
    }

    private static double minutes(int from, int to) {
        return (to - from) / 60.0;
    }

    private static String stored(VirtualHouse house, String topic) {
        return house.broker()
                .stored("home/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("");
    }

    private static Payload.Fields fields(String approach) {
        try {
            return Json.flatFields(approach);
        } catch (Malformed e) {
            throw new AssertionError(approach, e);
        }
    }
}
