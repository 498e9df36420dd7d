package hearth.proving.road;

import static hearth.proving.road.TrueTrip.TripEvent.COVERAGE_BACK;
import static hearth.proving.road.TrueTrip.TripEvent.COVERAGE_LOST;
import static hearth.proving.road.TrueTrip.TripEvent.POWER_BACK;
import static hearth.proving.road.TrueTrip.TripEvent.POWER_CUT;

import java.util.ArrayList;
import java.util.List;

/**
 * Drives with something to get wrong in each, for a car with the settings as they come: it has left beyond 2.5 km, and
 * is announced ten minutes before it is home or within 1.5 km.
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
                "out and back, twice in a row",
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
                "at walking pace all the way, 7 km/h",
                LEAD,
                "",
                TrueTrip.from(0, 4).waitFor("5m").driveTo(7, 0, 0).waitFor("10m"));
    }

    private void addWaiting() {
        addOneArrival(
                "parked at the outer fence for hours, then home",
                4,
                "",
                TrueTrip.from(0, 2.51)
                        .withReception(Reception.STREET_CANYON)
                        .waitFor("3h")
                        .driveTo(36, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "parked at home for a night, drifting",
                "",
                TrueTrip.from(0.02, 0.01).withReception(Reception.UNDER_ROOF).waitFor("6h"));
        all.add(new TripScenario(
                "forty minutes in a shop near home",
                List.of(LEAD),
                "early",
                "nobody knows of the shop until it stops there",
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
                "nobody knows of the jam until it stands in it",
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
                "a lost driver in the roundabout near home",
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
                "past home on the motorway, 2 km off",
                List.of(),
                "false",
                "as the crow flies it closes in like any other; it is called off once past",
                TrueTrip.from(2.1, 18).waitFor("5m").driveTo(115, 2.1, -18).waitFor("30m")));
        all.add(new TripScenario(
                "turns back 500 m before home, and comes home later",
                List.of(LEAD),
                "false, right",
                "nobody knows that it will turn back; it is called off when it does",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 0.5)
                        .driveTo(60, 0, 9)
                        .waitFor("30m")
                        .driveTo(60, 0, 0)
                        .waitFor("10m")));
        addNoArrival(
                "a short errand inside the fence",
                "",
                TrueTrip.from(0, 0)
                        .waitFor("10m")
                        .withReception(Reception.STREET_CANYON)
                        .driveTo(30, 0.4, 1.8)
                        .waitFor("15m")
                        .driveTo(30, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "out with the dog, the receiver in the pocket",
                "",
                TrueTrip.from(0, 0)
                        .waitFor("5m")
                        .withReception(Reception.STREET_CANYON)
                        .driveTo(4.5, 0.9, 0.3, 1.1, 1.2, 0.2, 1.3, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "at work all day, with a receiver gone wild",
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
                "the bridge is 4 km down the river",
                List.of(LEAD),
                "false, late",
                "near as the crow flies and far by road: there is no map in the car; from the bridge on it is 6 min",
                TrueTrip.from(-0.5, 13)
                        .waitFor("5m")
                        .driveTo(60, -0.5, 0.6)
                        .driveTo(50, -5, 0, -5, -0.6)
                        .driveTo(50, 0, 0)
                        .waitFor("10m")));
        addOneArrival(
                "a ferry, unloaded in its turn",
                5,
                "",
                TrueTrip.from(0, 16)
                        .waitFor("20m")
                        .driveTo(18, 0, 4)
                        .waitFor("6m")
                        .driveTo(43, 0, 0)
                        .waitFor("10m"));
        addTunnel("a tunnel of four minutes", Reception.TUNNEL);
        addTunnel("the same, and the receiver goes on with an estimate", Reception.TUNNEL_ESTIMATED);
        addTunnel("the same, and the receiver goes on as if it had a fix", Reception.TUNNEL_STALE_FIX);
    }

    private void addTunnel(String name, Reception sky) {
        addOneArrival(
                name,
                LEAD,
                "on coming out of it",
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
                "bad fixes on the way: far off, 0/0, too vague, at home, old",
                LEAD,
                "",
                TrueTrip.from(0, 14)
                        .withReception(Reception.OUTLIERS)
                        .waitFor("5m")
                        .driveTo(60, 0, 3)
                        .driveTo(40, 0, 0)
                        .waitFor("10m"));
        addNoArrival(
                "switched on at home, believing to be 300 km away at first",
                "",
                TrueTrip.from(0, 0)
                        .withReception(Reception.OLD_POSITION)
                        .waitFor("45s")
                        .withReception(Reception.OPEN)
                        .waitFor("30m"));
        addOneArrival(
                "the receiver's line stalls for half a minute, twice",
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
                "unplugged once it was announced",
                LEAD,
                "the estimate stands, and ends when it said",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .driveTo(60, 0, 6)
                        .withReception(Reception.UNPLUGGED)
                        .driveTo(50, 0, 0)
                        .waitFor("20m"));
        all.add(new TripScenario(
                "unplugged before there was anything to say",
                List.of(LEAD),
                "missed",
                "what is not heard is not announced; `gps-no-fix` says so",
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
                "the node restarts twice on the way",
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
                "no coverage for two hours, until 3 min before home",
                List.of(LEAD),
                "late",
                "said once it could be, with the time that was left",
                TrueTrip.from(0, 14)
                        .waitFor("5m")
                        .event(COVERAGE_LOST)
                        .waitFor("2h")
                        .driveTo(60, 0, 3)
                        .event(COVERAGE_BACK)
                        .driveTo(60, 0, 0)
                        .waitFor("10m")));
        all.add(new TripScenario(
                "no coverage for two hours, until it is home",
                List.of(LEAD),
                "missed",
                "nobody could be told, and nobody is told afterwards",
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
