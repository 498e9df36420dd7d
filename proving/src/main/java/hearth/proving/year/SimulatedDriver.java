package hearth.proving.year;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.simulator.plant.Route;
import hearth.simulator.plant.Route.LocalPoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The driver of the car: to work and home, on errands, sometimes past the house or away again just before it. Also the
 * receiver of the car, with an error of some metres, sometimes more.
 */
final class SimulatedDriver {

    static final Position HOME = new Position(52.1, 4.9);

    /** The faults of a receiver. */
    enum InjectedReceiverFault {
        NO_FIX,
        LARGE_ERROR,
        NULL_ISLAND,
        JUMPS,
        FROZEN;

        String kind() {
            return "gps " + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final LocalPoint WORK = new LocalPoint(11_000, 6_500);
    private static final Duration MOVING_FIX_PERIOD = Duration.ofSeconds(2);
    private static final Duration PARKED_FIX_PERIOD = Duration.ofSeconds(50);
    private static final double NORMAL_ERROR_M = 6;

    /** The resolution of the journal: seven decimals for degrees. */
    private static final double DEGREE_STEPS = 1e7;

    private final SimulationContext simulation;
    private final Random random;
    private final SimulatedPi<?> car;
    private final Deque<RouteLeg> plannedLegs = new ArrayDeque<>();
    private LocalPoint parkedAt = LocalPoint.HOME;
    private @Nullable RouteLeg currentLeg;
    private @Nullable InjectedReceiverFault receiverFault;
    private LocalPoint frozenAt = LocalPoint.HOME;
    private long arrivals;

    private record RouteLeg(Duration from, Route route) {}

    SimulatedDriver(SimulationContext simulation, SimulatedPi<?> car) {
        this.simulation = simulation;
        this.car = car;
        this.random = simulation.randomFor("drives");
        scheduleFixes();
    }

    void injectFault(InjectedReceiverFault kind) {
        receiverFault = kind;
        frozenAt = place();
    }

    void clearFault() {
        receiverFault = null;
    }

    /** The number of arrivals at home. */
    long arrivals() {
        return arrivals;
    }

    /** Schedules the trips of the day that begins now. */
    void plan(boolean workday) {
        if (workday) {
            LocalPoint here = plan(LocalPoint.HOME, WORK, jitter(Duration.ofHours(8), 40));
            planHome(here, jitter(Duration.ofHours(17), 120));
        } else if (random.nextInt(3) > 0) {
            double angle = 2 * Math.PI * random.nextDouble();
            double metres = 1_000 + 14_000 * random.nextDouble();
            LocalPoint shop = new LocalPoint(metres * StrictMath.cos(angle), metres * StrictMath.sin(angle));
            LocalPoint here = plan(LocalPoint.HOME, shop, jitter(Duration.ofHours(11), 180));
            planHome(here, jitter(Duration.ofHours(15), 120));
        }
    }

    private void planHome(LocalPoint from, Duration leaves) {
        int way = random.nextInt(20);
        if (way < 14) {
            plan(from, LocalPoint.HOME, leaves);
        } else if (way < 16) { // Past the house, and back an hour later.
            LocalPoint beyond = plan(from, new LocalPoint(-4_000, -1_500), leaves);
            plan(beyond, LocalPoint.HOME, leaves.plusMinutes(110));
        } else if (way < 18) { // Almost home, then off again.
            LocalPoint near = plan(from, new LocalPoint(1_200, 700), leaves);
            LocalPoint shop = plan(near, new LocalPoint(5_000, 4_000), leaves.plusMinutes(60));
            plan(shop, LocalPoint.HOME, leaves.plusMinutes(150));
        } else { // A stop on the way.
            LocalPoint stop = plan(from, new LocalPoint(4_000, 2_500), leaves);
            plan(stop, LocalPoint.HOME, leaves.plusMinutes(75));
        }
    }

    /** @return the end of the route */
    private LocalPoint plan(LocalPoint from, LocalPoint to, Duration timeOfDay) {
        Route route = new Route(from, to, random);
        plannedLegs.add(new RouteLeg(simulation.elapsed().plus(timeOfDay), route));
        return to;
    }

    private Duration jitter(Duration time, int minutes) {
        return time.plusSeconds(random.nextInt(minutes * 60));
    }

    private void scheduleFixes() {
        if (car.isOn()) {
            Fix fix = fix();
            if (receiverFault != InjectedReceiverFault.NO_FIX) {
                car.board().emitFix(fix);
            }
        }
        boolean moving = currentLeg != null
                || (!plannedLegs.isEmpty() && simulation.elapsed().compareTo(plannedLegs.peek().from) >= 0);
        simulation.after(moving ? MOVING_FIX_PERIOD : PARKED_FIX_PERIOD, this::scheduleFixes);
    }

    private Fix fix() {
        LocalPoint place = place();
        if (receiverFault == InjectedReceiverFault.LARGE_ERROR) {
            double errorM = 80 + 800 * random.nextDouble();
            return fix(displaced(place, errorM), errorM);
        }
        if (receiverFault == InjectedReceiverFault.NULL_ISLAND) {
            return new Fix(new Position(0, 0), 5);
        }
        if (receiverFault == InjectedReceiverFault.JUMPS && random.nextInt(4) == 0) {
            return fix(displaced(place, 40_000), NORMAL_ERROR_M);
        }
        if (receiverFault == InjectedReceiverFault.FROZEN) {
            return fix(frozenAt, NORMAL_ERROR_M);
        }
        return fix(displaced(place, NORMAL_ERROR_M), NORMAL_ERROR_M);
    }

    private static Fix fix(LocalPoint place, double errorM) {
        Position exact = place.toPosition(HOME);
        return new Fix(
                new Position(rounded(exact.latitudeDeg()), rounded(exact.longitudeDeg())),
                Math.round(errorM * 10) / 10.0);
    }

    private LocalPoint displaced(LocalPoint place, double byM) {
        return new LocalPoint(
                place.eastM() + byM * (2 * random.nextDouble() - 1),
                place.northM() + byM * (2 * random.nextDouble() - 1));
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * DEGREE_STEPS) / DEGREE_STEPS;
    }

    private LocalPoint place() {
        Duration now = simulation.elapsed();
        if (currentLeg == null && !plannedLegs.isEmpty() && now.compareTo(plannedLegs.peek().from) >= 0) {
            currentLeg = plannedLegs.remove();
        }
        if (currentLeg == null) {
            return parkedAt;
        }
        Duration since = now.minus(currentLeg.from);
        LocalPoint place = currentLeg.route.at(since);
        if (since.compareTo(currentLeg.route.duration()) >= 0) {
            parkedAt = currentLeg.route.end();
            arrivals += parkedAt.equals(LocalPoint.HOME) ? 1 : 0;
            currentLeg = null;
        }
        return place;
    }
}
