package hearth.proving.year;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.simulator.plant.Route;
import hearth.simulator.plant.Route.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Who drives the car: to work and home, on errands, now and then past the house or back again before it. And the receiver
 * in it, which errs by some metres, and now and then by more.
 */
final class Driver {

    static final Position HOME = new Position(52.1, 4.9);

    /** What may be wrong with a receiver. */
    enum Trouble {
        NO_FIX,
        LARGE_ERROR,
        NULL_ISLAND,
        JUMPS,
        FROZEN;

        String kind() {
            return "gps " + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Place WORK = new Place(11_000, 6_500);
    private static final Duration MOVING = Duration.ofSeconds(2);
    private static final Duration PARKED = Duration.ofSeconds(50);
    private static final double USUAL_ERROR_M = 6;

    /** As decimals on the wire have it: seven for degrees, one for metres. */
    private static final double DEGREE_STEPS = 1e7;

    private final World world;
    private final Random random;
    private final Computer<?> car;
    private final Deque<Leg> ahead = new ArrayDeque<>();
    private Place parked = Place.HOME;
    private @Nullable Leg leg;
    private @Nullable Trouble trouble;
    private Place frozen = Place.HOME;
    private long arrivals;

    private record Leg(Duration from, Route route) {}

    Driver(World world, Computer<?> car) {
        this.world = world;
        this.car = car;
        this.random = world.chance("drives");
        fixes();
    }

    void ails(Trouble kind) {
        trouble = kind;
        frozen = place();
    }

    void heals() {
        trouble = null;
    }

    /** How often the car came home. */
    long arrivals() {
        return arrivals;
    }

    /** Plans the day that begins now. */
    void plan(boolean workday) {
        if (workday) {
            Place here = plan(Place.HOME, WORK, around(Duration.ofHours(8), 40));
            home(here, around(Duration.ofHours(17), 120));
        } else if (random.nextInt(3) > 0) {
            double angle = 2 * Math.PI * random.nextDouble();
            double metres = 1_000 + 14_000 * random.nextDouble();
            Place shop = new Place(metres * StrictMath.cos(angle), metres * StrictMath.sin(angle));
            Place here = plan(Place.HOME, shop, around(Duration.ofHours(11), 180));
            home(here, around(Duration.ofHours(15), 120));
        }
    }

    private void home(Place from, Duration leaves) {
        int way = random.nextInt(20);
        if (way < 14) {
            plan(from, Place.HOME, leaves);
        } else if (way < 16) { // Past the house, and back an hour later.
            Place beyond = plan(from, new Place(-4_000, -1_500), leaves);
            plan(beyond, Place.HOME, leaves.plusMinutes(110));
        } else if (way < 18) { // Almost home, then off again.
            Place near = plan(from, new Place(1_200, 700), leaves);
            Place shop = plan(near, new Place(5_000, 4_000), leaves.plusMinutes(60));
            plan(shop, Place.HOME, leaves.plusMinutes(150));
        } else { // A stop on the way.
            Place stop = plan(from, new Place(4_000, 2_500), leaves);
            plan(stop, Place.HOME, leaves.plusMinutes(75));
        }
    }

    /** @return where it ends */
    private Place plan(Place from, Place to, Duration timeOfDay) {
        Route route = new Route(from, to, random);
        ahead.add(new Leg(world.age().plus(timeOfDay), route));
        return to;
    }

    private Duration around(Duration time, int minutes) {
        return time.plusSeconds(random.nextInt(minutes * 60));
    }

    private void fixes() {
        if (car.isOn()) {
            Fix fix = fix();
            if (trouble != Trouble.NO_FIX) {
                car.board().receives(fix);
            }
        }
        boolean moving = leg != null || (!ahead.isEmpty() && world.age().compareTo(ahead.peek().from) >= 0);
        world.after(moving ? MOVING : PARKED, this::fixes);
    }

    private Fix fix() {
        Place place = place();
        if (trouble == Trouble.LARGE_ERROR) {
            double errorM = 80 + 800 * random.nextDouble();
            return fix(moved(place, errorM), errorM);
        }
        if (trouble == Trouble.NULL_ISLAND) {
            return new Fix(new Position(0, 0), 5);
        }
        if (trouble == Trouble.JUMPS && random.nextInt(4) == 0) {
            return fix(moved(place, 40_000), USUAL_ERROR_M);
        }
        if (trouble == Trouble.FROZEN) {
            return fix(frozen, USUAL_ERROR_M);
        }
        return fix(moved(place, USUAL_ERROR_M), USUAL_ERROR_M);
    }

    private static Fix fix(Place place, double errorM) {
        Position exact = place.seenFrom(HOME);
        return new Fix(
                new Position(rounded(exact.latitudeDeg()), rounded(exact.longitudeDeg())),
                Math.round(errorM * 10) / 10.0);
    }

    private Place moved(Place place, double byM) {
        return new Place(
                place.eastM() + byM * (2 * random.nextDouble() - 1),
                place.northM() + byM * (2 * random.nextDouble() - 1));
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * DEGREE_STEPS) / DEGREE_STEPS;
    }

    private Place place() {
        Duration now = world.age();
        if (leg == null && !ahead.isEmpty() && now.compareTo(ahead.peek().from) >= 0) {
            leg = ahead.remove();
        }
        if (leg == null) {
            return parked;
        }
        Duration since = now.minus(leg.from);
        Place place = leg.route.at(since);
        if (since.compareTo(leg.route.duration()) >= 0) {
            parked = leg.route.end();
            arrivals += parked.equals(Place.HOME) ? 1 : 0;
            leg = null;
        }
        return place;
    }
}
