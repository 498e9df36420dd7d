package hearth.proving.road;

import static hearth.proving.road.TrueTrip.TripEvent.COVERAGE_BACK;
import static hearth.proving.road.TrueTrip.TripEvent.COVERAGE_LOST;
import static hearth.proving.road.TrueTrip.TripEvent.POWER_BACK;
import static hearth.proving.road.TrueTrip.TripEvent.POWER_CUT;

import java.util.ArrayList;
import java.util.List;

/**
 * Difficult car trips, for a car with the default settings: it has left when it is beyond 2.5 km, and it is announced
 * ten minutes before the arrival or within 1.5 km.
 */
public final class TripScenarios {

    private static final double LEAD = 10;

    private final List<TripScenario> all = new ArrayList<>();

    private TripScenarios() {}

    public static List<TripScenario> all() {
        TripScenarios outings = new TripScenarios();
        outings.addOrdinary();
        outings.addWaiting();
        outings.addNotComing();
        outings.addRoads();
        outings.addReceiverFaults();
        outings.addNodeFaults();
        return List.copyOf(outings.all);
    }

    private void addOrdinary() {
        addOneArrival(
                "home from work",
                LEAD,
                "",
                TrueTrip.from(3, 17)
                        .waitFor("5m")
                        .driveTo(70, 2, 8)
                        .withReception(Reception.STREET_CANYON)
                        .driveTo(45, 2, 3, 0.5, 1)
                        .driveTo(30, 0, 0)
                        .waitFor("10m"));
        all.add(new TripScenario(
                "a short trip and home again, twice",
                List.of(8.0, 8.0),
                "right, right",
                "",
                TrueTrip.from(0, 0)
                        .waitFor("5m")
                        .driveTo(45, 1, 6)
                        .waitFor("10m")
                        .driveTo(45, 0, 0)
                        .waitFor("20m")
                        .driveTo(45, 1, 6)
                        .waitFor("10m")
                        .driveTo(45, 0, 0)
                        .waitFor("10m")));
        addOneArrival(
                "walking pace all the way, 7 km/h",
                LEAD,
                "",
                TrueTrip.from(0, 4).waitFor("5m").driveTo(7, 0, 0).waitFor("10m"));
    }

    private void addWaiting() {
        addOneArrival(
                "parked for hours 2.5 km from home, then home",
                4,
                "",
                TrueTrip.from(0, 2.51)
                        .withReception(Reception.STREET_CANYON)
                        .waitFor("3h")
                        .driveTo(36, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "parked at home for a night, with a drifting position",
                "",
                TrueTrip.from(0.02, 0.01).withReception(Reception.UNDER_ROOF).waitFor("6h"));
        all.add(new TripScenario(
                "forty minutes in a shop near home",
                List.of(LEAD),
                "early",
                "the stop cannot be predicted",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 4)
                        .driveTo(40, 0.3, 1.2)
                        .withReception(Reception.STREET_CANYON)
                        .waitFor("40m")
                        .driveTo(30, 0, 0)
                        .waitFor("10m")));
        all.add(new TripScenario(
                "a traffic jam just before home",
                List.of(LEAD),
                "early",
                "the traffic jam cannot be predicted",
                TrueTrip.from(0, 15)
                        .waitFor("5m")
                        .driveTo(70, 0, 2)
                        .driveTo(4, 0, 1.6)
                        .waitFor("8m")
                        .driveTo(4, 0, 1.2)
                        .waitFor("5m")
                        .driveTo(30, 0, 0)
                        .waitFor("10m")));
        addOneArrival(
                "many laps of the roundabout near home",
                LEAD,
                "",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 0.74)
                        .driveTo(25, 0.04, 0.7, 0, 0.66, -0.04, 0.7, 0, 0.74, 0.04, 0.7, 0, 0.66, -0.04, 0.7, 0, 0.74)
                        .driveTo(25, 0.04, 0.7, 0, 0.66, -0.04, 0.7, 0, 0.74, 0.04, 0.7, 0, 0.66)
                        .driveTo(30, 0, 0)
                        .waitFor("10m"));
    }

    private void addNotComing() {
        all.add(new TripScenario(
                "past home on the motorway, 2 km away",
                List.of(),
                "false",
                "the straight-line distance decreases as on a way home; cancelled after the car has passed",
                TrueTrip.from(2.1, 18).waitFor("5m").driveTo(115, 2.1, -18).waitFor("30m")));
        all.add(new TripScenario(
                "turns back 500 m before home, comes home later",
                List.of(LEAD),
                "false, right",
                "turning back cannot be predicted; cancelled when the car turns back",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 0.5)
                        .driveTo(60, 0, 9)
                        .waitFor("30m")
                        .driveTo(60, 0, 0)
                        .waitFor("10m")));
        addNoArrival(
                "a short errand less than 2.5 km away",
                "",
                TrueTrip.from(0, 0)
                        .waitFor("10m")
                        .withReception(Reception.STREET_CANYON)
                        .driveTo(30, 0.4, 1.8)
                        .waitFor("15m")
                        .driveTo(30, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "a walk with the dog, the receiver in a pocket",
                "",
                TrueTrip.from(0, 0)
                        .waitFor("5m")
                        .withReception(Reception.STREET_CANYON)
                        .driveTo(4.5, 0.9, 0.3, 1.1, 1.2, 0.2, 1.3, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "at work all day, with a defective receiver",
                "",
                TrueTrip.from(3, 11).withReception(Reception.OUTLIERS).waitFor("4h"));
    }

    private void addRoads() {
        addOneArrival(
                "a detour",
                LEAD,
                "",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 5)
                        .driveTo(50, 1.4, 5.8, 2.2, 4)
                        .driveTo(40, 0, 0)
                        .waitFor("10m"));
        all.add(new TripScenario(
                "the only bridge is 4 km down the river",
                List.of(LEAD),
                "false, late",
                "near in a straight line, far by road: the car has no map; 6 min remain from the bridge",
                TrueTrip.from(-0.5, 13)
                        .waitFor("5m")
                        .driveTo(60, -0.5, 0.6)
                        .driveTo(50, -5, 0, -5, -0.6)
                        .driveTo(50, 0, 0)
                        .waitFor("10m")));
        addOneArrival(
                "a ferry, with a wait for unloading",
                5,
                "",
                TrueTrip.from(0, 16)
                        .waitFor("20m")
                        .driveTo(18, 0, 4)
                        .waitFor("6m")
                        .driveTo(43, 0, 0)
                        .waitFor("10m"));
        addTunnel("a tunnel of four minutes", Reception.TUNNEL);
        addTunnel("the same; the receiver reports an estimated position", Reception.TUNNEL_ESTIMATED);
        addTunnel("the same; the receiver claims to have a fix", Reception.TUNNEL_STALE_FIX);
    }

    private void addTunnel(String name, Reception sky) {
        addOneArrival(
                name,
                LEAD,
                "announced at the end of the tunnel",
                TrueTrip.from(0, 16)
                        .waitFor("5m")
                        .driveTo(55, 0, 10)
                        .withReception(sky)
                        .driveTo(55, 0, 6.3)
                        .withReception(Reception.OPEN)
                        .driveTo(55, 0, 2)
                        .driveTo(40, 0, 0)
                        .waitFor("10m"));
    }

    private void addReceiverFaults() {
        addOneArrival(
                "bad fixes on the way: far away, 0/0, too inaccurate, at home, outdated",
                LEAD,
                "",
                TrueTrip.from(0, 14)
                        .withReception(Reception.OUTLIERS)
                        .waitFor("5m")
                        .driveTo(60, 0, 3)
                        .driveTo(40, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "switched on at home, first fixes 300 km away",
                "",
                TrueTrip.from(0, 0)
                        .withReception(Reception.OLD_POSITION)
                        .waitFor("45s")
                        .withReception(Reception.OPEN)
                        .waitFor("30m"));
        addOneArrival(
                "the receiver sends nothing for half a minute, twice",
                LEAD,
                "",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 11)
                        .withReception(Reception.LINE_STALLED)
                        .driveTo(60, 0, 10.5)
                        .withReception(Reception.OPEN)
                        .driveTo(60, 0, 6)
                        .withReception(Reception.LINE_STALLED)
                        .driveTo(60, 0, 5.5)
                        .withReception(Reception.OPEN)
                        .driveTo(50, 0, 0)
                        .waitFor("10m"));
        addOneArrival(
                "receiver unplugged after the announcement",
                LEAD,
                "the announcement stays valid until the expected arrival",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 6)
                        .withReception(Reception.UNPLUGGED)
                        .driveTo(50, 0, 0)
                        .waitFor("20m"));
        all.add(new TripScenario(
                "receiver unplugged before the announcement",
                List.of(LEAD),
                "missed",
                "no position, so no announcement; the fault is `gps-no-fix`",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 11)
                        .withReception(Reception.UNPLUGGED)
                        .driveTo(60, 0, 0)
                        .waitFor("20m")
                        .withReception(Reception.OPEN)
                        .waitFor("20m")));
    }

    private void addNodeFaults() {
        addOneArrival(
                "the car node restarts twice on the way",
                LEAD,
                "one trip, one cup",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 11.5)
                        .event(POWER_CUT)
                        .driveTo(60, 0, 10.9)
                        .event(POWER_BACK)
                        .driveTo(60, 0, 6)
                        .event(POWER_CUT)
                        .driveTo(60, 0, 5.4)
                        .event(POWER_BACK)
                        .driveTo(50, 0, 0)
                        .waitFor("10m"));
        all.add(new TripScenario(
                "no mobile network for two hours, until 3 min before home",
                List.of(LEAD),
                "late",
                "announced when the network was back, with the remaining time",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .event(COVERAGE_LOST)
                        .waitFor("2h")
                        .driveTo(60, 0, 3)
                        .event(COVERAGE_BACK)
                        .driveTo(60, 0, 0)
                        .waitFor("10m")));
        all.add(new TripScenario(
                "no mobile network for two hours, until the car is home",
                List.of(LEAD),
                "missed",
                "no announcement was possible, and none is sent after the arrival",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .event(COVERAGE_LOST)
                        .waitFor("2h")
                        .driveTo(60, 0, 0)
                        .waitFor("2m")
                        .event(COVERAGE_BACK)
                        .waitFor("30m")));
    }

    private void addOneArrival(String name, double minutes, String because, TrueTrip journey) {
        all.add(new TripScenario(name, List.of(minutes), "right", because, journey));
    }

    private void addNoArrival(String name, String because, TrueTrip journey) {
        all.add(new TripScenario(name, List.of(), "silent", because, journey));
    }
}
