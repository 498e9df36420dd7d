package hearth.car;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Docket;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.core.Effect.Remember;
import hearth.common.core.Memory;
import hearth.common.message.Approach;
import hearth.common.message.Common;
import hearth.common.message.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * do not get here: see {@link CarInput.Fixed} and {@link Track}.
 */
final class ApproachDetector implements Controller<CarState, CarInput> {

    static final FaultCode NO_FIX = new FaultCode(
            "gps-no-fix",
            "no good position for a minute (of a phone, six): none came, or all were worse than `car.worst-fix`",
            "the antenna wants the sky; `cgps` shows what gpsd has, and the journal whether it is reached; a phone must be"
                    + " in OwnTracks' move mode");

    /** Slower than this a car may as well be parked under a wandering GPS. */
    private static final double MOVING_MPS = 1.5;

    /** Standing in a jam, or creeping: it is assumed to go on at a bicycle's pace, so the estimate grows by the minute. */
    private static final double CRAWLING_MPS = 2.5;

    private static final Duration SHORTEST_ETA = Duration.ofSeconds(30);
    private static final Duration LONGEST_ETA = Duration.ofHours(12);

    /** An estimate is told anew when it is wrong by more than both. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(30);

    private static final double WORTH_TELLING_SHARE = 0.15;

    /** Before an estimate ends, so that the house hears of the next one in time. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** Roads wind; this far back is no bend. */
    private static final double TURNED_AWAY_M = 1_000;

    /** Back out of the outer circle is turning away sooner, but not by the width of a GPS's wandering. */
    private static final double BACK_OUT_M = 300;

    /** Who waits for the car waits a little longer than it said. */
    private static final Duration CALLED_OFF_FOR = Duration.ofMinutes(5);

    private final CarSettings settings;

    ApproachDetector(CarSettings settings) {
        this.settings = settings;
    }

    @Override
    public CarState start(Instant now, Boot boot) {
        Optional<Trip> trip = Trip.remembered(boot.remembered());
        return new CarState(
                boot.id(),
                0,
                Track.NONE,
                false,
                CarState.NOWHERE,
                trip.orElseGet(Trip.Over::new),
                CarState.CalledOff.NONE,
                now.plus(settings.patience()),
                new Memory(false, boot.forgot() || trip.isEmpty()),
                Docket.of(boot.remembered()));
    }

    @Override
    public CarState absorb(CarState state, CarInput input, Instant now) {
        return input.appliedTo(state, now, settings);
    }

    @Override
    public Decision<CarState> decide(CarState state, Instant now) {
        CarState next = state.track().isEmpty() ? state : onTheRoad(state.lapsed(now), now);
        return new Decision<>(next, effects(next, now), wakeAt(next, now));
    }

    private CarState onTheRoad(CarState state, Instant now) {
        if (state.metres() <= CarInput.Fixed.HOME_M) {
            return state.with(new Trip.Over());
        }
        CarState next = calledOffIfTurnedAway(state);
        if (next.trip() instanceof Trip.Over && next.metres() > settings.armBeyondM()) {
            next = next.ready();
        }
        if (next.trip() instanceof Trip.Ready ready && isNearEnough(next)) {
            next = begin(next, ready.id());
        } else if (next.trip() instanceof Trip.Begun begun && isClosingIn(next) && !next.isDeaf(now)) {
            next = begin(next, begun.id());
        }
        return next.trip() instanceof Trip.Coming coming ? next.with(kept(coming, next, now)) : next;
    }

    private static boolean isClosingIn(CarState state) {
        return state.track().closingMps() >= MOVING_MPS;
    }

    private boolean isNearEnough(CarState state) {
        double secondsLeft = state.metres() / state.track().closingMps();
        return isClosingIn(state)
                && (secondsLeft <= settings.lead().toSeconds() || state.metres() <= settings.fireWithinM());
    }

    private CarState calledOffIfTurnedAway(CarState state) {
        if (state.trip() instanceof Trip.Coming coming && hasTurnedAway(state, coming)) {
            return calledOff(state, coming.id(), coming.arrival());
        }
        if (state.trip() instanceof Trip.Begun begun && hasBeenElsewhere(state, begun)) {
            // When it was expected is forgotten: within the lead, mostly.
            return calledOff(state, begun.id(), state.track().last().at().plus(settings.lead()));
        }
        return state;
    }

    /** After a restart there is only the remembered distance to go by; a car farther out has been elsewhere meanwhile. */
    private static boolean hasBeenElsewhere(CarState state, Trip.Begun begun) {
        return state.metres() > begun.closestM() + TURNED_AWAY_M;
    }

    private boolean hasTurnedAway(CarState state, Trip.Coming coming) {
        return !isClosingIn(state) && (state.metres() > coming.closestM() + TURNED_AWAY_M || isBackOut(state, coming));
    }

    private boolean isBackOut(CarState state, Trip.Coming coming) {
        return state.metres() > settings.armBeyondM()
                && coming.closestM() <= settings.armBeyondM()
                && state.metres() > coming.closestM() + BACK_OUT_M
                && state.track().closingMps() <= -MOVING_MPS;
    }

    private static CarState calledOff(CarState state, String trip, Instant expected) {
        return state.with(new Trip.Over()).with(new CarState.CalledOff(trip, expected.plus(CALLED_OFF_FOR)));
    }

    private static CarState begin(CarState state, String trip) {
        Instant now = state.track().last().at();
        return state.with(CarState.CalledOff.NONE)
                .with(new Trip.Coming(trip, state.metres(), now, now, now.plus(eta(state))));
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

    private static Trip.Coming kept(Trip.Coming coming, CarState state, Instant now) {
        Instant heardAt = state.track().last().at();
        Trip.Coming kept = coming;
        if (heardAt.isAfter(coming.heardAt())) {
            kept = kept.heard(heardAt);
            if (state.track().tellsSpeed() && isWorthTelling(coming, heardAt, eta(state))) {
                kept = kept.estimated(heardAt, eta(state));
            }
        }
        boolean runsOut = !now.isBefore(kept.arrival().minus(AHEAD)) && !state.isDeaf(now);
        return runsOut ? kept.estimated(now, eta(state)) : kept;
    }

    private static boolean isWorthTelling(Trip.Coming coming, Instant now, Duration eta) {
        Duration told = Duration.between(now, coming.arrival());
        Duration off = told.minus(eta).abs();
        return off.compareTo(WORTH_TELLING) > 0 && off.toMillis() > told.toMillis() * WORTH_TELLING_SHARE;
    }

    private static List<Effect> effects(CarState state, Instant now) {
        List<Effect> effects = new ArrayList<>();
        effects.add(Publish.of(Common.FAULT, fault(state, now)));
        if (!state.track().isEmpty()) {
            Presence place = state.atHome() ? Presence.HOME : Presence.AWAY;
            effects.add(Publish.of(Presence.TOPIC, state.trip() instanceof Trip.Coming ? Presence.APPROACHING : place));
            effects.add(Publish.of(Distance.TOPIC, new Distance(state.km())));
        }
        if (state.trip() instanceof Trip.Coming coming) {
            effects.add(new Publish<>(Approach.TOPIC, Approach.coming(coming.id(), coming.eta()), coming.arrival()));
        } else if (now.isBefore(state.calledOff().until())) {
            Approach off = Approach.calledOff(state.calledOff().trip());
            effects.add(new Publish<>(Approach.TOPIC, off, state.calledOff().until()));
        }
        Map<String, String> notes = new TreeMap<>(state.docket().notes());
        notes.putAll(state.trip().notes());
        effects.add(new Remember(notes));
        effects.addAll(state.docket().owed());
        return effects;
    }

    private static String fault(CarState state, Instant now) {
        if (state.isDeaf(now)) {
            return NO_FIX.code();
        }
        return state.memory().faults().stream().findFirst().orElse(Common.NO_FAULT);
    }

    private static Instant wakeAt(CarState state, Instant now) {
        Stream<Instant> ends = state.trip() instanceof Trip.Coming coming
                ? Stream.of(coming.arrival().minus(AHEAD), coming.arrival())
                : Stream.empty();
        return Stream.concat(ends, Stream.of(state.deafAt(), state.calledOff().until()))
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
