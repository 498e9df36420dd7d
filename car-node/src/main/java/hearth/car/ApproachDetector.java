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
 * Announces each trip home once, and keeps the estimate of the arrival correct until the car is home.
 *
 * <p>The rules, strongest first:
 *
 * <ol>
 *   <li>Before the first good fix nothing is published. A node that is switched on at home announces no trip.
 *   <li>Within the home circle the trip has ended.
 *   <li>If the car has turned away, its announced trip is cancelled.
 *   <li>Beyond {@code car.arm-beyond} the car has left, and its next trip home is a new one.
 *   <li>A car that has left, comes closer and is near enough in time or distance is announced.
 *   <li>A trip that was announced before a restart, or before a long time without fixes, continues once the car comes
 *       closer.
 *   <li>The estimate follows the car; small changes are not published. It grows while the car stands. While fixes arrive
 *       it is renewed before it ends; without fixes it ends at the estimated arrival.
 * </ol>
 *
 * <p>There are two circles, so that a car that stands on one of them, with a GPS error that moves it across, is announced
 * once. {@link CarInput.FixReceived} and {@link Track} ignore bad fixes before they get here.
 */
final class ApproachDetector implements Controller<CarState, CarInput> {

    static final FaultCode NO_FIX = new FaultCode(
            "gps-no-fix",
            "no usable position for one minute (from a phone: six): none was received, or all had an error larger than"
                    + " `car.worst-fix`",
            "give the antenna a free view of the sky; `cgps` shows the positions of gpsd, and the journal shows whether the"
                    + " node reaches gpsd; a phone must be in OwnTracks' move mode");

    /** A slower car may be parked: the GPS error moves its position. */
    private static final double MOVING_MPS = 1.5;

    /** The speed assumed for a car in a traffic jam, that of a bicycle: the estimate grows while the car stands. */
    private static final double CRAWLING_MPS = 2.5;

    private static final Duration SHORTEST_ETA = Duration.ofSeconds(30);
    private static final Duration LONGEST_ETA = Duration.ofHours(12);

    /** An estimate is published again when it is wrong by more than both. */
    private static final Duration MIN_ETA_CHANGE = Duration.ofSeconds(30);

    private static final double MIN_ETA_CHANGE_SHARE = 0.15;

    /** Before an estimate ends, so that subscribers receive the next one in time. */
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(5);

    /** A bend in the road can lead away from home, but not this far. */
    private static final double TURNED_AWAY_M = 1_000;

    /** A car that has left the outer circle again has turned away after a shorter distance, longer than the GPS error. */
    private static final double BACK_OUT_M = 300;

    /** Subscribers wait a little longer than the estimate, so a cancellation is valid for longer too. */
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
        if (next.trip() instanceof Trip.Departed departed && isNearEnough(next)) {
            next = announce(next, departed.id());
        } else if (next.trip() instanceof Trip.Suspended suspended && isClosingIn(next) && !next.isFixStale(now)) {
            next = announce(next, suspended.id());
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
        if (state.trip() instanceof Trip.Suspended suspended && hasBeenElsewhere(state, suspended)) {
            // The expected arrival is not saved. It was mostly within the lead.
            return cancelled(state, suspended.id(), state.track().last().at().plus(settings.lead()));
        }
        return state;
    }

    /** After a restart only the saved distance is known; a car that is farther away has been elsewhere since. */
    private static boolean hasBeenElsewhere(CarState state, Trip.Suspended suspended) {
        return state.metres() > suspended.closestM() + TURNED_AWAY_M;
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
        Instant fixAt = state.track().last().at();
        Trip.Announced updated = coming;
        if (fixAt.isAfter(coming.fixAt())) {
            updated = updated.withFix(fixAt);
            if (state.track().hasSpeed() && isWorthPublishing(coming, fixAt, eta(state))) {
                updated = updated.withEstimate(fixAt, eta(state));
            }
        }
        boolean expires = !now.isBefore(updated.arrival().minus(RENEW_BEFORE)) && !state.isFixStale(now);
        return expires ? updated.withEstimate(now, eta(state)) : updated;
    }

    private static boolean isWorthPublishing(Trip.Announced coming, Instant now, Duration eta) {
        Duration published = Duration.between(now, coming.arrival());
        Duration error = published.minus(eta).abs();
        return error.compareTo(MIN_ETA_CHANGE) > 0 && error.toMillis() > published.toMillis() * MIN_ETA_CHANGE_SHARE;
    }

    private static List<Effect> effects(CarState state, Instant now) {
        List<Effect> effects = new ArrayList<>();
        effects.add(CommonState.publishStrongest(faults(state, now)));
        if (!state.track().isEmpty()) {
            Presence otherwise = state.lastFix().atHome() ? Presence.HOME : Presence.AWAY;
            effects.add(Publish.of(
                    Presence.TOPIC, state.trip() instanceof Trip.Announced ? Presence.APPROACHING : otherwise));
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
