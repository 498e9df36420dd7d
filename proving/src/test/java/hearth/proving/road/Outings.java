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
                "a short trip and home again, twice",
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
                "walking pace all the way, 7 km/h",
                LEAD,
                "",
                Journey.from(0, 4).stays("5m").drives(7, 0, 0).stays("10m"));
    }

    private void lingering() {
        once(
                "parked for hours 2.5 km from home, then home",
                4,
                "",
                Journey.from(0, 2.51)
                        .under(Sky.STREETS)
                        .stays("3h")
                        .drives(36, 0, 0)
                        .stays("10m"));
        never(
                "parked at home for a night, with a drifting position",
                "",
                Journey.from(0.02, 0.01).under(Sky.CARPORT).stays("6h"));
        all.add(new Outing(
                "forty minutes in a shop near home",
                List.of(LEAD),
                "early",
                "the stop cannot be predicted",
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
                "the traffic jam cannot be predicted",
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
                "many laps of the roundabout near home",
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
                "past home on the motorway, 2 km away",
                List.of(),
                "false",
                "the straight-line distance decreases as on a way home; cancelled after the car has passed",
                Journey.from(2.1, 18).stays("5m").drives(115, 2.1, -18).stays("30m")));
        all.add(new Outing(
                "turns back 500 m before home, comes home later",
                List.of(LEAD),
                "false, right",
                "turning back cannot be predicted; cancelled when the car turns back",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 0.5)
                        .drives(60, 0, 9)
                        .stays("30m")
                        .drives(60, 0, 0)
                        .stays("10m")));
        never(
                "a short errand less than 2.5 km away",
                "",
                Journey.from(0, 0)
                        .stays("10m")
                        .under(Sky.STREETS)
                        .drives(30, 0.4, 1.8)
                        .stays("15m")
                        .drives(30, 0, 0)
                        .stays("10m"));
        never(
                "a walk with the dog, the receiver in a pocket",
                "",
                Journey.from(0, 0)
                        .stays("5m")
                        .under(Sky.STREETS)
                        .drives(4.5, 0.9, 0.3, 1.1, 1.2, 0.2, 1.3, 0, 0)
                        .stays("10m"));
        never(
                "at work all day, with a defective receiver",
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
                "the only bridge is 4 km down the river",
                List.of(LEAD),
                "false, late",
                "near in a straight line, far by road: the car has no map; 6 min remain from the bridge",
                Journey.from(-0.5, 13)
                        .stays("5m")
                        .drives(60, -0.5, 0.6)
                        .drives(50, -5, 0, -5, -0.6)
                        .drives(50, 0, 0)
                        .stays("10m")));
        once(
                "a ferry, with a wait for unloading",
                5,
                "",
                Journey.from(0, 16)
                        .stays("20m")
                        .drives(18, 0, 4)
                        .stays("6m")
                        .drives(43, 0, 0)
                        .stays("10m"));
        tunnel("a tunnel of four minutes", Sky.TUNNEL);
        tunnel("the same; the receiver reports an estimated position", Sky.TUNNEL_WITH_AN_ESTIMATE);
        tunnel("the same; the receiver claims to have a fix", Sky.TUNNEL_WITH_A_LIE);
    }

    private void tunnel(String name, Sky sky) {
        once(
                name,
                LEAD,
                "announced at the end of the tunnel",
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
                "bad fixes on the way: far away, 0/0, too inaccurate, at home, outdated",
                LEAD,
                "",
                Journey.from(0, 14)
                        .under(Sky.WILD)
                        .stays("5m")
                        .drives(60, 0, 3)
                        .drives(40, 0, 0)
                        .stays("10m"));
        never(
                "switched on at home, first fixes 300 km away",
                "",
                Journey.from(0, 0)
                        .under(Sky.LONG_AGO)
                        .stays("45s")
                        .under(Sky.OPEN)
                        .stays("30m"));
        once(
                "the receiver sends nothing for half a minute, twice",
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
                "receiver unplugged after the announcement",
                LEAD,
                "the announcement stays valid until the expected arrival",
                Journey.from(0, 14)
                        .stays("5m")
                        .drives(60, 0, 6)
                        .under(Sky.UNPLUGGED)
                        .drives(50, 0, 0)
                        .stays("20m"));
        all.add(new Outing(
                "receiver unplugged before the announcement",
                List.of(LEAD),
                "missed",
                "no position, so no announcement; the fault is `gps-no-fix`",
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
                "the car node restarts twice on the way",
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
                "no mobile network for two hours, until 3 min before home",
                List.of(LEAD),
                "late",
                "announced when the network was back, with the remaining time",
                Journey.from(0, 14)
                        .stays("5m")
                        .happens(COVERAGE_LOST)
                        .stays("2h")
                        .drives(60, 0, 3)
                        .happens(COVERAGE_BACK)
                        .drives(60, 0, 0)
                        .stays("10m")));
        all.add(new Outing(
                "no mobile network for two hours, until the car is home",
                List.of(LEAD),
                "missed",
                "no announcement was possible, and none is sent after the arrival",
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
