package hearth.coffee;

import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.common.core.Boot;
import hearth.common.core.CommonState;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.message.Result.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brews for a car that comes home, or on command, and never twice for the same trip or command.
 *
 * <ol>
 *   <li>The id of the trip or command is saved before the relay goes on: a crash costs a cup and never makes two.
 *   <li>A brew ends by itself, at once without a cup or water or when it is cancelled. Then a minimum pause follows.
 *   <li>No brew starts during this pause, in quiet hours, without a cup or water, or when the daily limit is reached.
 *   <li>For a car on its way, the brew starts so that the coffee is ready when the car is home.
 *   <li>A restart resumes nothing. An interrupted brew is reported as interrupted.
 * </ol>
 */
final class Brewer implements Controller<CoffeeState, CoffeeInput> {

    static final String MACHINE = "machine";

    private final CoffeeSettings settings;
    private final BrewCycle cycle;

    Brewer(CoffeeSettings settings) {
        this.settings = settings;
        this.cycle = new BrewCycle(settings);
    }

    @Override
    public CoffeeState start(Instant now, Boot boot) {
        BrewHistory history = BrewHistory.of(boot.savedState(), now);
        boolean interrupted = !history.unfinished().isEmpty();
        boolean mayHaveJustBrewed =
                !history.brews().isEmpty() || boot.stateLost(); // The power may have been off for a short time only.
        Duration pause = mayHaveJustBrewed ? settings.lockOut() : Duration.ZERO;
        MachineState machine =
                new MachineState(Brew.NONE, now.plus(pause), interrupted ? Phase.INTERRUPTED : Phase.LOCKED, now);
        return new CoffeeState(
                Arrival.NONE,
                machine,
                history.withFinished(),
                settings.hasInputs() ? InputsRead.UNKNOWN : InputsRead.ALL_OK,
                settings.quietHours().areSet() ? BrewingHours.QUIET : BrewingHours.ALLOWED,
                List.of(),
                rejectInterrupted(CommonState.atBoot(boot), history.unfinished(), now));
    }

    @Override
    public CoffeeState absorb(CoffeeState before, CoffeeInput input, Instant now) {
        return input.applyTo(cycle.advanced(before, now), now, cycle);
    }

    @Override
    public Decision<CoffeeState> decide(CoffeeState before, Instant now) {
        CoffeeState state = startIfDue(cycle.advanced(before, now), now);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Drive(MACHINE, relayIsOn(state, now)));
        effects.add(Publish.of(CoffeeTopics.PHASE, phase(state, now)));
        effects.add(CommonState.publishStrongest(faults(state, now)));
        effects.add(state.common().saveState(state.history().toEntries()));
        effects.addAll(state.announcements());
        effects.addAll(state.common().pendingResults());
        return new Decision<>(state, effects, Deadlines.next(now, deadlines(state)));
    }

    private CoffeeState startIfDue(CoffeeState state, Instant now) {
        Arrival expected = state.expectedArrival();
        if (!expected.exists()) {
            return state;
        }
        if (!now.isBefore(expected.expiresAt())) {
            return state.with(Arrival.NONE);
        }
        boolean due = !now.isBefore(expected.brewAt(settings.brewTime()));
        return due && cycle.obstacle(state, now).isEmpty()
                ? cycle.started(state.with(Arrival.NONE), expected.trip(), Cause.APPROACH, now)
                : state;
    }

    /** Never longer than {@code max-on}, whatever else is decided: {@link CoffeeSettings#relayOnTime} is bounded by it. */
    private boolean relayIsOn(CoffeeState state, Instant now) {
        Brew brew = state.brew();
        return brew.isRunning() && now.isBefore(brew.since().plus(settings.relayOnTime()));
    }

    private Phase phase(CoffeeState state, Instant now) {
        Brew brew = state.brew();
        if (brew.isRunning()) {
            return now.isBefore(brew.since().plus(settings.brewTime())) ? Phase.BREWING : Phase.KEEPING_WARM;
        }
        if (brew.exists() || state.expectedArrival().exists()) {
            return Phase.WAITING;
        }
        if (now.isBefore(state.machine().pauseUntil())) {
            return state.machine().pausePhase();
        }
        return now.isBefore(state.history().nextAllowedAt(settings.perDay())) ? Phase.LOCKED : Phase.IDLE;
    }

    /** Fault codes, the strongest first. */
    private List<String> faults(CoffeeState state, Instant now) {
        List<String> faults = new ArrayList<>();
        if (now.isBefore(state.machine().failedUntil())) {
            faults.add(CoffeeFaults.RELAY.code());
        }
        if (state.inputs().known() && !state.inputs().water()) {
            faults.add(CoffeeFaults.NO_WATER.code());
        }
        boolean due = !now.isBefore(state.expectedArrival().brewAt(settings.brewTime()));
        if (due && !state.inputs().cup()) {
            faults.add(CoffeeFaults.NO_CUP.code());
        }
        faults.addAll(state.common().faults());
        if (state.brewingHours() == BrewingHours.UNKNOWN) {
            faults.add(CoffeeFaults.CLOCK_UNSYNCED.code());
        }
        return faults;
    }

    private Stream<Instant> deadlines(CoffeeState state) {
        Brew brew = state.brew();
        Stream<Instant> always = Stream.of(
                state.machine().pauseUntil(),
                state.machine().failedUntil(),
                state.history().nextAllowedAt(settings.perDay()));
        Stream<Instant> waits = state.expectedArrival().exists()
                ? Stream.of(
                        state.expectedArrival().brewAt(settings.brewTime()),
                        state.expectedArrival().expiresAt())
                : Stream.empty();
        Stream<Instant> brews = Stream.of(
                brew.since().plus(BrewCycle.SAVE_TIMEOUT),
                brew.since().plus(settings.brewTime()),
                brew.since().plus(settings.relayOnTime()));
        return Stream.concat(always, Stream.concat(waits, brews));
    }

    /** A command whose brew was interrupted by a restart gets its result now. */
    private static CommonState rejectInterrupted(CommonState common, String key, Instant now) {
        if (key.isEmpty() || Cause.APPROACH.isPrefixOf(key)) {
            return common;
        }
        String id = Cause.COMMAND.isPrefixOf(key) ? Cause.COMMAND.idFrom(key) : "";
        String because = "interrupted by a restart of the node";
        return common.withResult(CoffeeTopics.BREW.name(), id, Outcome.REJECTED, because, now);
    }
}
