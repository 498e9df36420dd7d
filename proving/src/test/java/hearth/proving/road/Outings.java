package hearth.proving.road;

import static hearth.proving.road.Journey.Happening.COVERAGE_BACK;
import static hearth.proving.road.Journey.Happening.COVERAGE_LOST;
import static hearth.proving.road.Journey.Happening.POWER_BACK;
import static hearth.proving.road.Journey.Happening.POWER_CUT;

import java.util.ArrayList;
import java.util.List;

/**
 * Drives with something to get wrong in each, for a car with the settings as they come: it has left beyond 2.5 km, and
 * is announced ten minutes before it is home or within 1.5 km.
 */
public final class Outings {

    private static final double LEAD = 10;

    private final List<Outing> all = new ArrayList<>();

    private Outings() {}

    public static List<Outing> all() {
        Outings outings = new Outings();
        outings.ordinary();
        outings.lingering();
        outings.notComing();
        outings.roads();
        outings.receivers();
        outings.nodes();
        return List.copyOf(outings.all);
    }

    private void ordinary() {
        once(
                "home from work",
                LEAD,
                "",
                Journey.from(3, 17)
                        .stays("5m")
                        .drives(70, 2, 8)
                        .under(Sky.STREETS)
                        .drives(45, 2, 3, 0.5, 1)
                        .drives(30, 0, 0)
                        .stays("10m"));
        all.add(new Outing(
                "out and back, twice in a row",
                List.of(8.0, 8.0),
                "right, right",
                "",
                Journey.from(0, 0)
                        .stays("5m")
                        .drives(45, 1, 6)
                        .stays("10m")
                        .drives(45, 0, 0)
                        .stays("20m")
                        .drives(45, 1, 6)
                        .stays("10m")
                        .drives(45, 0, 0)
                        .stays("10m")));
        once(
                "at walking pace all the way, 7 km/h",
                LEAD,
                "",
                Journey.from(0, 4).stays("5m").drives(7, 0, 0).stays("10m"));
    }

    private void lingering() {
        once(
                "parked at the outer fence for hours, then home",
                4,
                "",
                Journey.from(0, 2.51)
                        .under(Sky.STREETS)
                        .stays("3h")
                        .drives(36, 0, 0)
                        .stays("10m"));
        never(
                "parked at home for a night, drifting",
                "",
                Journey.from(0.02, 0.01).under(Sky.CARPORT).stays("6h"));
        all.add(new Outing(
                "forty minutes in a shop near home",
                List.of(LEAD),
                "early",
                "nobody knows of the shop until it stops there",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 4)
                        .drives(40, 0.3, 1.2)
                        .under(Sky.STREETS)
                        .stays("40m")
                        .drives(30, 0, 0)
                        .stays("10m")));
        all.add(new Outing(
                "a traffic jam just before home",
                List.of(LEAD),
                "early",
                "nobody knows of the jam until it stands in it",
                Journey.from(0, 15)
                        .stays("5m")
                        .drives(70, 0, 2)
                        .drives(4, 0, 1.6)
                        .stays("8m")
                        .drives(4, 0, 1.2)
                        .stays("5m")
                        .drives(30, 0, 0)
                        .stays("10m")));
        once(
                "a lost driver in the roundabout near home",
                LEAD,
                "",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 0.74)
                        .drives(25, 0.04, 0.7, 0, 0.66, -0.04, 0.7, 0, 0.74, 0.04, 0.7, 0, 0.66, -0.04, 0.7, 0, 0.74)
                        .drives(25, 0.04, 0.7, 0, 0.66, -0.04, 0.7, 0, 0.74, 0.04, 0.7, 0, 0.66)
                        .drives(30, 0, 0)
                        .stays("10m"));
    }

    private void notComing() {
        all.add(new Outing(
                "past home on the motorway, 2 km off",
                List.of(),
                "false",
                "as the crow flies it closes in like any other; it is called off once past",
                Journey.from(2.1, 18).stays("5m").drives(115, 2.1, -18).stays("30m")));
        all.add(new Outing(
                "turns back 500 m before home, and comes home later",
                List.of(LEAD),
                "false, right",
                "nobody knows that it will turn back; it is called off when it does",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 0.5)
                        .drives(60, 0, 9)
                        .stays("30m")
                        .drives(60, 0, 0)
                        .stays("10m")));
        never(
                "a short errand inside the fence",
                "",
                Journey.from(0, 0)
                        .stays("10m")
                        .under(Sky.STREETS)
                        .drives(30, 0.4, 1.8)
                        .stays("15m")
                        .drives(30, 0, 0)
                        .stays("10m"));
        never(
                "out with the dog, the receiver in the pocket",
                "",
                Journey.from(0, 0)
                        .stays("5m")
                        .under(Sky.STREETS)
                        .drives(4.5, 0.9, 0.3, 1.1, 1.2, 0.2, 1.3, 0, 0)
                        .stays("10m"));
        never(
                "at work all day, with a receiver gone wild",
                "",
                Journey.from(3, 11).under(Sky.WILD).stays("4h"));
    }

    private void roads() {
        once(
                "a detour",
                LEAD,
                "",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 5)
                        .drives(50, 1.4, 5.8, 2.2, 4)
                        .drives(40, 0, 0)
                        .stays("10m"));
        all.add(new Outing(
                "the bridge is 4 km down the river",
                List.of(LEAD),
                "false, late",
                "near as the crow flies and far by road: there is no map in the car; from the bridge on it is 6 min",
                Journey.from(-0.5, 13)
                        .stays("5m")
                        .drives(60, -0.5, 0.6)
                        .drives(50, -5, 0, -5, -0.6)
                        .drives(50, 0, 0)
                        .stays("10m")));
        once(
                "a ferry, unloaded in its turn",
                5,
                "",
                Journey.from(0, 16)
                        .stays("20m")
                        .drives(18, 0, 4)
                        .stays("6m")
                        .drives(43, 0, 0)
                        .stays("10m"));
        tunnel("a tunnel of four minutes", Sky.TUNNEL);
        tunnel("the same, and the receiver goes on with an estimate", Sky.TUNNEL_WITH_AN_ESTIMATE);
        tunnel("the same, and the receiver goes on as if it had a fix", Sky.TUNNEL_WITH_A_LIE);
    }

    private void tunnel(String name, Sky sky) {
        once(
                name,
                LEAD,
                "on coming out of it",
                Journey.from(0, 16)
                        .stays("5m")
                        .drives(55, 0, 10)
                        .under(sky)
                        .drives(55, 0, 6.3)
                        .under(Sky.OPEN)
                        .drives(55, 0, 2)
                        .drives(40, 0, 0)
                        .stays("10m"));
    }

    private void receivers() {
        once(
                "bad fixes on the way: far off, 0/0, too vague, at home, old",
                LEAD,
                "",
                Journey.from(0, 14)
                        .under(Sky.WILD)
                        .stays("5m")
                        .drives(60, 0, 3)
                        .drives(40, 0, 0)
                        .stays("10m"));
        never(
                "switched on at home, believing to be 300 km away at first",
                "",
                Journey.from(0, 0)
                        .under(Sky.LONG_AGO)
                        .stays("45s")
                        .under(Sky.OPEN)
                        .stays("30m"));
        once(
                "the receiver's line stalls for half a minute, twice",
                LEAD,
                "",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 11)
                        .under(Sky.STALLED)
                        .drives(60, 0, 10.5)
                        .under(Sky.OPEN)
                        .drives(60, 0, 6)
                        .under(Sky.STALLED)
                        .drives(60, 0, 5.5)
                        .under(Sky.OPEN)
                        .drives(50, 0, 0)
                        .stays("10m"));
        once(
                "unplugged once it was announced",
                LEAD,
                "the estimate stands, and ends when it said",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 6)
                        .under(Sky.UNPLUGGED)
                        .drives(50, 0, 0)
                        .stays("20m"));
        all.add(new Outing(
                "unplugged before there was anything to say",
                List.of(LEAD),
                "missed",
                "what is not heard is not announced; `gps-no-fix` says so",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 11)
                        .under(Sky.UNPLUGGED)
                        .drives(60, 0, 0)
                        .stays("20m")
                        .under(Sky.OPEN)
                        .stays("20m")));
    }

    private void nodes() {
        once(
                "the node restarts twice on the way",
                LEAD,
                "one trip, one cup",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 11.5)
                        .happens(POWER_CUT)
                        .drives(60, 0, 10.9)
                        .happens(POWER_BACK)
                        .drives(60, 0, 6)
                        .happens(POWER_CUT)
                        .drives(60, 0, 5.4)
                        .happens(POWER_BACK)
                        .drives(50, 0, 0)
                        .stays("10m"));
        all.add(new Outing(
                "no coverage for two hours, until 3 min before home",
                List.of(LEAD),
                "late",
                "said once it could be, with the time that was left",
                Journey.from(0, 14)
                        .stays("5m")
                        .happens(COVERAGE_LOST)
                        .stays("2h")
                        .drives(60, 0, 3)
                        .happens(COVERAGE_BACK)
                        .drives(60, 0, 0)
                        .stays("10m")));
        all.add(new Outing(
                "no coverage for two hours, until it is home",
                List.of(LEAD),
                "missed",
                "nobody could be told, and nobody is told afterwards",
                Journey.from(0, 14)
                        .stays("5m")
                        .happens(COVERAGE_LOST)
                        .stays("2h")
                        .drives(60, 0, 0)
                        .stays("2m")
                        .happens(COVERAGE_BACK)
                        .stays("30m")));
    }

    private void once(String name, double minutes, String because, Journey journey) {
        all.add(new Outing(name, List.of(minutes), "right", because, journey));
    }

    private void never(String name, String because, Journey journey) {
        all.add(new Outing(name, List.of(), "silent", because, journey));
    }
}
