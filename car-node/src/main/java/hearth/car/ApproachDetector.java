package hearth.car;

import hearth.car.CarState.CancelledTrip;
import hearth.car.CarState.LastFix;
import hearth.car.CarState.Trips;
import hearth.common.core.Boot;
import hearth.common.core.CommonState;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.message.Approach;
import hearth.common.message.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says once, on each trip home, that the car is coming, and keeps the estimate true until it is home.
 *
 * <p>The rules, strongest first:
 *
 * <ol>
 *   <li>Before the first good fix nothing is known and nothing is said. Switched on in the drive is not coming.
 *   <li>Within the home circle the trip is over.
 *   <li>A car that has turned away is not coming any more; its trip is called off.
 *   <li>Beyond {@code car.arm-beyond} it has left, and its next trip home will be a new one.
 *   <li>Having left, closing in, and near enough in time or distance, it is coming.
 *   <li>A trip announced before a restart, or before a long silence, goes on once the car closes in.
 *   <li>The estimate follows the car, in steps worth telling. It grows while the car stands, and does not run out while
 *       the car is heard. Unheard it ends when it says.
 * </ol>
 *
 * <p>There are two circles, so a car that stands on one, with a GPS that wanders across it, is announced once. Bad fixes
 * do not get here: see {@link CarInput.FixReceived} and {@link Track}.
 */
final class ApproachDetector implements Controller<CarState, CarInput> {

    static final FaultCode NO_FIX = new FaultCode(
            "gps-no-fix",
            "no usable position for one minute (from a phone: six): none was received, or all had an error larger than"
                    + " `car.worst-fix`",
            "give the antenna a free view of the sky; `cgps` shows the positions of gpsd, and the journal shows whether the"
                    + " node reaches gpsd; a phone must be in OwnTracks' move mode");

    /** Slower than this a car may as well be parked under a wandering GPS. */
    private static final double MOVING_MPS = 1.5;

    /** Standing in a jam, or creeping: it is assumed to go on at a bicycle's pace, so the estimate grows by the minute. */
    private static final double CRAWLING_MPS = 2.5;

    private static final Duration SHORTEST_ETA = Duration.ofSeconds(30);
    private static final Duration LONGEST_ETA = Duration.ofHours(12);

    /** An estimate is told anew when it is wrong by more than both. */
    private static final Duration MIN_ETA_CHANGE = Duration.ofSeconds(30);

    private static final double MIN_ETA_CHANGE_SHARE = 0.15;

    /** Before an estimate ends, so that the house hears of the next one in time. */
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(5);

    /** Roads wind; this far back is no bend. */
    private static final double TURNED_AWAY_M = 1_000;

    /** Back out of the outer circle is turning away sooner, but not by the width of a GPS's wandering. */
    private static final double BACK_OUT_M = 300;

    /** Who waits for the car waits a little longer than it said. */
    private static final Duration CANCELLATION_EXPIRY = Duration.ofMinutes(5);

    private final CarSettings settings;

    ApproachDetector(CarSettings settings) {
        this.settings = settings;
    }

    @Override
    public CarState start(Instant now, Boot boot) {
        Optional<Trip> trip = Trip.parse(boot.savedState());
        CommonState common = CommonState.atBoot(boot);
        return new CarState(
                Track.NONE,
                LastFix.none(now.plus(settings.fixTimeout())),
                Trips.atBoot(trip.orElseGet(Trip.Idle::new)),
                trip.isPresent() ? common : common.withStateLost());
    }

    @Override
    public CarState absorb(CarState state, CarInput input, Instant now) {
        return input.applyTo(state, now, settings);
    }

    @Override
    public Decision<CarState> decide(CarState state, Instant now) {
        CarState next = state.track().isEmpty() ? state : advanced(state.withLapsedTrip(now), now);
        return new Decision<>(next, effects(next, now), wakeAt(next, now));
    }

    private CarState advanced(CarState state, Instant now) {
        if (state.metres() <= CarInput.FixReceived.HOME_M) {
            return state.with(new Trip.Idle());
        }
        CarState next = cancelIfTurnedAway(state);
        if (next.trip() instanceof Trip.Idle && next.metres() > settings.armBeyondM()) {
            next = next.withNewTrip();
        }
        if (next.trip() instanceof Trip.Departed ready && isNearEnough(next)) {
            next = announce(next, ready.id());
        } else if (next.trip() instanceof Trip.Suspended begun && isClosingIn(next) && !next.isFixStale(now)) {
            next = announce(next, begun.id());
        }
        return next.trip() instanceof Trip.Announced coming ? next.with(updated(coming, next, now)) : next;
    }

    private static boolean isClosingIn(CarState state) {
        return state.track().closingMps() >= MOVING_MPS;
    }

    private boolean isNearEnough(CarState state) {
        double secondsLeft = state.metres() / state.track().closingMps();
        return isClosingIn(state)
                && (secondsLeft <= settings.lead().toSeconds() || state.metres() <= settings.fireWithinM());
    }

    private CarState cancelIfTurnedAway(CarState state) {
        if (state.trip() instanceof Trip.Announced coming && hasTurnedAway(state, coming)) {
            return cancelled(state, coming.id(), coming.arrival());
        }
        if (state.trip() instanceof Trip.Suspended begun && hasBeenElsewhere(state, begun)) {
            // When it was expected is forgotten: within the lead, mostly.
            return cancelled(state, begun.id(), state.track().last().at().plus(settings.lead()));
        }
        return state;
    }

    /** After a restart there is only the remembered distance to go by; a car farther out has been elsewhere meanwhile. */
    private static boolean hasBeenElsewhere(CarState state, Trip.Suspended begun) {
        return state.metres() > begun.closestM() + TURNED_AWAY_M;
    }

    private boolean hasTurnedAway(CarState state, Trip.Announced coming) {
        return !isClosingIn(state) && (state.metres() > coming.closestM() + TURNED_AWAY_M || isBackOut(state, coming));
    }

    private boolean isBackOut(CarState state, Trip.Announced coming) {
        return state.metres() > settings.armBeyondM()
                && coming.closestM() <= settings.armBeyondM()
                && state.metres() > coming.closestM() + BACK_OUT_M
                && state.track().closingMps() <= -MOVING_MPS;
    }

    private static CarState cancelled(CarState state, String trip, Instant expected) {
        return state.with(new Trip.Idle()).with(new CancelledTrip(trip, expected.plus(CANCELLATION_EXPIRY)));
    }

    private static CarState announce(CarState state, String trip) {
        Instant now = state.track().last().at();
        return state.with(CancelledTrip.NONE)
                .with(new Trip.Announced(trip, state.metres(), now, now, now.plus(eta(state))));
    }

    /** From the last fix to home, in whole seconds. */
    private static Duration eta(CarState state) {
        double mps = Math.max(state.track().closingMps(), CRAWLING_MPS);
        Duration eta = Duration.ofSeconds((long) Math.ceil(state.metres() / mps));
        if (eta.compareTo(SHORTEST_ETA) < 0) {
            return SHORTEST_ETA;
        }
        return eta.compareTo(LONGEST_ETA) > 0 ? LONGEST_ETA : eta;
    }

    private static Trip.Announced updated(Trip.Announced coming, CarState state, Instant now) {
        Instant heardAt = state.track().last().at();
        Trip.Announced kept = coming;
        if (heardAt.isAfter(coming.fixAt())) {
            kept = kept.withFix(heardAt);
            if (state.track().hasSpeed() && isWorthPublishing(coming, heardAt, eta(state))) {
                kept = kept.withEstimate(heardAt, eta(state));
            }
        }
        boolean runsOut = !now.isBefore(kept.arrival().minus(RENEW_BEFORE)) && !state.isFixStale(now);
        return runsOut ? kept.withEstimate(now, eta(state)) : kept;
    }

    private static boolean isWorthPublishing(Trip.Announced coming, Instant now, Duration eta) {
        Duration told = Duration.between(now, coming.arrival());
        Duration off = told.minus(eta).abs();
        return off.compareTo(MIN_ETA_CHANGE) > 0 && off.toMillis() > told.toMillis() * MIN_ETA_CHANGE_SHARE;
    }

    private static List<Effect> effects(CarState state, Instant now) {
        List<Effect> effects = new ArrayList<>();
        effects.add(CommonState.publishStrongest(faults(state, now)));
        if (!state.track().isEmpty()) {
            Presence place = state.lastFix().atHome() ? Presence.HOME : Presence.AWAY;
            effects.add(
                    Publish.of(Presence.TOPIC, state.trip() instanceof Trip.Announced ? Presence.APPROACHING : place));
            effects.add(Publish.of(Distance.TOPIC, new Distance(state.lastFix().km())));
        }
        CancelledTrip cancelled = state.trips().cancelled();
        if (state.trip() instanceof Trip.Announced coming) {
            effects.add(new Publish<>(Approach.TOPIC, Approach.coming(coming.id(), coming.eta()), coming.arrival()));
        } else if (now.isBefore(cancelled.expiresAt())) {
            effects.add(new Publish<>(Approach.TOPIC, Approach.cancelled(cancelled.trip()), cancelled.expiresAt()));
        }
        effects.add(state.common().saveState(state.trip().toEntries()));
        effects.addAll(state.common().pendingResults());
        return effects;
    }

    /** Fault codes, the strongest first. */
    private static List<String> faults(CarState state, Instant now) {
        return state.isFixStale(now) ? List.of(NO_FIX.code()) : state.common().faults();
    }

    private static Instant wakeAt(CarState state, Instant now) {
        Stream<Instant> ends = state.trip() instanceof Trip.Announced coming
                ? Stream.of(coming.arrival().minus(RENEW_BEFORE), coming.arrival())
                : Stream.empty();
        Stream<Instant> others =
                Stream.of(state.lastFix().staleAt(), state.trips().cancelled().expiresAt());
        return Deadlines.next(now, Stream.concat(ends, others));
    }
}
