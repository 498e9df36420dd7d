package hearth.proving;

import static java.util.stream.Collectors.joining;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.proving.road.ReceiverOutput;
import hearth.proving.road.SimulatedReceiver;
import hearth.proving.road.TripScenario;
import hearth.proving.road.TrueTrip;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualNodes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs a car trip with a car node and a coffee node, and compares their messages and brews with the true positions. */
final class TripResult {

    private static final Position HOME = new Position(52.0, 5.0);

    /** The values of the settings, written a second time to be independent. */
    private static final double HOME_M = 150;

    private static final double LEFT_M = 2_500;

    private static final int NEVER = Integer.MAX_VALUE;

    /** The published announcement of one trip; times in seconds. */
    private record TripAnnouncement(String trip, int at, double distanceM, long etaS, int cancelledAt) {}

    private record BrewedCup(int startedAt, int readyAt) {}

    private final TripScenario scenario;
    private final List<Integer> arrivals = new ArrayList<>();
    private final List<TripAnnouncement> announcements = new ArrayList<>();
    private final List<BrewedCup> cups = new ArrayList<>();
    private boolean hasLeft;
    private int brewingSince = NEVER;

    private TripResult(TripScenario outing) {
        this.scenario = outing;
    }

    static TripResult run(
            TripScenario outing, long noise, Function<ReceiverOutput, Optional<Fix>> receiver, Path stateFolder) {
        TripResult trip = new TripResult(outing);
        trip.runTrip(new SimulatedReceiver(HOME, noise), receiver, stateFolder);
        return trip;
    }

    private void runTrip(SimulatedReceiver receiver, Function<ReceiverOutput, Optional<Fix>> driver, Path stateFolder) {
        VirtualNodes nodes = new VirtualNodes(stateFolder);
        nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        MemoryHal car = start(nodes);
        List<TrueTrip.TripSecond> seconds = scenario.trip().seconds();
        for (int at = 0; at < seconds.size(); at++) {
            TrueTrip.TripSecond second = seconds.get(at);
            List<ReceiverOutput> outputs = receiver.output(second, nodes.now());
            switch (second.event()) {
                case POWER_CUT -> {
                    nodes.powerCut("car");
                    car = new MemoryHal(); // The node without power does not read the receiver.
                }
                case POWER_BACK -> car = start(nodes);
                case COVERAGE_LOST -> nodes.broker().unplug("car");
                case COVERAGE_BACK -> nodes.broker().plugIn("car");
                case NONE -> {}
            }
            for (ReceiverOutput claim : outputs) {
                driver.apply(claim).ifPresent(car::emitFix);
            }
            if (second.event() != TrueTrip.TripEvent.POWER_BACK) {
                nodes.advance(Duration.ofSeconds(1));
            }
            observe(nodes, at, second.place().metresFromHome());
        }
    }

    /** Advances one second. */
    private static MemoryHal start(VirtualNodes nodes) {
        return nodes.start(new CarNode(), "car", "car.home = 52.0, 5.0");
    }

    private void observe(VirtualNodes nodes, int at, double metres) {
        hasLeft |= metres > LEFT_M;
        if (hasLeft && metres <= HOME_M) {
            arrivals.add(at);
            hasLeft = false;
        }
        onApproach(stored(nodes, "car/approach"), at, metres);
        boolean brewing = stored(nodes, "coffee/phase").equals("brewing");
        if (!brewing && brewingSince != NEVER) {
            cups.add(new BrewedCup(brewingSince, at));
            brewingSince = NEVER;
        } else if (brewing) {
            brewingSince = Math.min(brewingSince, at);
        }
    }

    private void onApproach(String approach, int at, double metres) {
        if (approach.isEmpty()) {
            return;
        }
        Payload.Fields fields = fields(approach);
        String trip = (String) fields.values().get("trip");
        TripAnnouncement last = announcements.isEmpty()
                ? new TripAnnouncement("", 0, 0, 0, 0)
                : announcements.get(announcements.size() - 1);
        if (fields.has("called_off")) {
            if (last.trip.equals(trip) && last.cancelledAt == NEVER) {
                announcements.set(
                        announcements.size() - 1, new TripAnnouncement(trip, last.at, last.distanceM, last.etaS, at));
            }
        } else if (!last.trip.equals(trip)) {
            announcements.add(new TripAnnouncement(
                    trip, at, metres, (long) fields.values().get("eta_s"), NEVER));
        }
    }

    /** The verdict on each announcement and each arrival, in order of time. */
    String verdict() {
        TreeMap<Integer, String> verdicts = new TreeMap<>();
        for (int i = 0; i < arrivals.size(); i++) {
            int arrival = arrivals.get(i);
            double right = scenario.expectedMinutes().get(i);
            verdicts.put(
                    arrival,
                    announcements.stream()
                            .filter(each -> arrivalAfter(each) == arrival)
                            .findFirst()
                            .map(each -> verdict(minutes(each.at, arrival), right))
                            .orElse("missed"));
        }
        announcements.stream()
                .filter(each -> arrivalAfter(each) == NEVER)
                .forEach(each -> verdicts.put(each.at, "false"));
        return verdicts.isEmpty() ? "silent" : String.join(", ", verdicts.values());
    }

    private static String verdict(double minutes, double right) {
        return minutes < right / 2 ? "late" : minutes > right * 2 ? "early" : "right";
    }

    /** The time, place and estimate of the announcement. */
    String announcementText() {
        return announcements.stream().map(this::announcementText).collect(joining("<br>"));
    }

    private String announcementText(TripAnnouncement each) {
        String estimate =
                String.format(Locale.ROOT, "at %.1f km, estimate %.1f min", each.distanceM / 1000, each.etaS / 60.0);
        if (arrivalAfter(each) != NEVER) {
            return String.format(Locale.ROOT, "%.1f min before, %s", minutes(each.at, arrivalAfter(each)), estimate);
        }
        return each.cancelledAt == NEVER
                ? estimate
                : String.format(
                        Locale.ROOT, "%s; cancelled %.1f min later", estimate, minutes(each.at, each.cancelledAt));
    }

    /** When the coffee was ready. */
    String cups() {
        return cups.stream().map(this::announcementText).collect(joining("<br>"));
    }

    private String announcementText(BrewedCup cup) {
        int arrival = announcements.stream()
                .filter(each -> each.at <= cup.startedAt)
                .reduce((earlier, later) -> later)
                .map(this::arrivalAfter)
                .orElse(NEVER);
        if (arrival == NEVER) {
            return "no arrival";
        }
        return cup.readyAt <= arrival
                ? String.format(Locale.ROOT, "%.1f min before", minutes(cup.readyAt, arrival))
                : String.format(Locale.ROOT, "%.1f min after", minutes(arrival, cup.readyAt));
    }

    /** The arrival that was announced. */
    private int arrivalAfter(TripAnnouncement each) {
        int arrival = arrivals.stream().filter(at -> at > each.at).findFirst().orElse(NEVER);
        boolean another = announcements.stream().anyMatch(later -> later.at > each.at && later.at < arrival);
        return another || each.cancelledAt < arrival ? NEVER : arrival;
    }

    private static double minutes(int from, int to) {
        return (to - from) / 60.0;
    }

    private static String stored(VirtualNodes nodes, String topic) {
        return nodes.broker()
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
