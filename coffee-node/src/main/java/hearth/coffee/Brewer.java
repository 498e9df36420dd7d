package hearth.coffee;

import hearth.coffee.Brew.BrewStage;
import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewRequested;
import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.BrewingHoursChanged;
import hearth.coffee.CoffeeInput.CancelRequested;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.coffee.CoffeeInput.Reported;
import hearth.coffee.CoffeeInput.ResetRequested;
import hearth.common.core.Boot;
import hearth.common.core.CommandLog;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.core.EffectReport;
import hearth.common.core.StorageStatus;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Brews for a car that comes home, or when asked to, and never twice for one trip or command.
 *
 * <ol>
 *   <li>What a brew is for is noted on the disk before the relay goes on: a crash costs a cup and never doubles one.
 *   <li>A brew under way ends by itself; without a cup or water, or when cancelled, at once. Then the machine rests.
 *   <li>No brew while it rests, in quiet hours, without a cup or water, or when the day's coffee is used up.
 *   <li>A car on its way is waited for: the brew begins so that it is ready when the car is home.
 *   <li>A restart resumes nothing. What was cut short is said to be interrupted.
 * </ol>
 */
final class Brewer implements Controller<CoffeeState, CoffeeInput> {

    static final String MACHINE = "machine";

    private static final Duration RELAY_FAULT_SHOWN_FOR = Duration.ofMinutes(1);

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
        boolean perhapsJustNow =
                !history.brews().isEmpty() || boot.stateLost(); // How long the power was off, who knows.
        Duration rest = perhapsJustNow ? settings.lockOut() : Duration.ZERO;
        MachineState machine =
                new MachineState(Brew.NONE, now.plus(rest), interrupted ? Phase.INTERRUPTED : Phase.LOCKED, now);
        return new CoffeeState(
                Arrival.NONE,
                machine,
                history.withFinished(),
                settings.hasInputs() ? InputsRead.UNKNOWN : InputsRead.ALL_OK,
                settings.quietHours().areSet() ? BrewingHours.QUIET : BrewingHours.ALLOWED,
                List.of(),
                rejectInterrupted(CommandLog.of(boot.savedState()), history.unfinished(), now),
                StorageStatus.atBoot(boot),
                boot.id());
    }

    @Override
    public CoffeeState absorb(CoffeeState before, CoffeeInput input, Instant now) {
        CoffeeState state = cycle.advanced(before, now);
        if (input instanceof Approaching approaching) {
            return approaching(state, approaching, now);
        } else if (input instanceof BrewRequested asked) {
            return brewRequested(state, asked.command(), now);
        } else if (input instanceof CancelRequested asked) {
            return cancelRequested(state, asked.command(), now);
        } else if (input instanceof InputsRead looked) {
            return state.with(looked);
        } else if (input instanceof BrewingHoursChanged told) {
            return state.with(told.hours());
        } else if (input instanceof ResetRequested asked) {
            return resetRequested(state, asked.command(), now);
        }
        return reported(state, ((Reported) input).report(), now);
    }

    @Override
    public Decision<CoffeeState> decide(CoffeeState before, Instant now) {
        CoffeeState state = startIfDue(cycle.advanced(before, now), now);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Drive(MACHINE, relayIsOn(state, now)));
        effects.add(Publish.of(CoffeeTopics.PHASE, phase(state, now)));
        effects.add(Publish.of(CommonTopics.FAULT, fault(state, now)));
        effects.add(savedState(state));
        effects.addAll(state.announcements());
        effects.addAll(state.commandLog().pendingResults());
        return new Decision<>(state, effects, Deadlines.next(now, deadlines(state)));
    }

    private static Effect.SaveState savedState(CoffeeState state) {
        Map<String, String> notes = new TreeMap<>(state.commandLog().toEntries());
        notes.putAll(state.history().toEntries());
        return new Effect.SaveState(notes);
    }

    private CoffeeState startIfDue(CoffeeState state, Instant now) {
        Arrival awaited = state.expectedArrival();
        if (!awaited.exists()) {
            return state;
        }
        if (!now.isBefore(awaited.expiresAt())) {
            return state.with(Arrival.NONE);
        }
        boolean due = !now.isBefore(awaited.brewAt(settings.brewTime()));
        return due && cycle.obstacle(state, now).isEmpty()
                ? cycle.started(state.with(Arrival.NONE), awaited.trip(), Cause.APPROACH, now)
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

    private String fault(CoffeeState state, Instant now) {
        if (now.isBefore(state.machine().failedUntil())) {
            return CoffeeFaults.RELAY.code();
        }
        if (!state.inputs().water() && !state.inputs().equals(InputsRead.UNKNOWN)) {
            return CoffeeFaults.NO_WATER.code();
        }
        boolean due = !now.isBefore(state.expectedArrival().brewAt(settings.brewTime()));
        if (due && !state.inputs().cup()) {
            return CoffeeFaults.NO_CUP.code();
        }
        return Stream.concat(
                        state.storage().faults().stream(),
                        state.brewingHours() == BrewingHours.UNKNOWN
                                ? Stream.of(CoffeeFaults.CLOCK_UNSYNCED.code())
                                : Stream.empty())
                .findFirst()
                .orElse(CommonTopics.NO_FAULT);
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

    private CoffeeState approaching(CoffeeState state, Approaching approaching, Instant now) {
        Approach approach = approaching.approach();
        String key = Cause.APPROACH.key(approach.trip());
        boolean waitingForIt = state.expectedArrival().trip().equals(approach.trip());
        if (approach.cancelled()) {
            return waitingForIt ? state.with(Arrival.NONE) : state;
        }
        if (state.history().contains(key)) {
            return state;
        }
        if (state.storage().stateLost()) {
            return state.with(state.history().withDeclined(key)); // It may have had its brew: who knows.
        }
        Arrival awaited = new Arrival(approach.trip(), now.plus(approach.eta()).minus(approaching.age()));
        return now.isBefore(awaited.expiresAt()) ? state.with(awaited) : state;
    }

    private CoffeeState brewRequested(CoffeeState state, Command<Press> command, Instant now) {
        boolean hadItsBrew = state.history().contains(Cause.COMMAND.key(command.id()));
        Optional<CommandLog> turnedAway = state.commandLog().rejectRepeatedOrExpired(command, now);
        if (turnedAway.isPresent() || hadItsBrew) {
            return state.with(turnedAway.orElse(state.commandLog()));
        }
        CoffeeState known = state.with(state.commandLog().withCommand(command));
        String obstacle = cycle.obstacle(state, now);
        if (!obstacle.isEmpty()) {
            return known.with(known.commandLog().withResult(command, Outcome.REJECTED, obstacle, now));
        }
        String id = command.hasId()
                ? command.id()
                : state.bootId() + "-" + state.commandLog().resultCount();
        CoffeeState brewing = cycle.started(known, id, command.hasId() ? Cause.COMMAND : Cause.PLAIN, now);
        return withoutTrip(brewing); // The car that was waited for drinks this one.
    }

    private CoffeeState cancelRequested(CoffeeState state, Command<Press> command, Instant now) {
        Optional<CommandLog> turnedAway = state.commandLog().rejectRepeatedOrExpired(command, now);
        if (turnedAway.isPresent()) {
            return state.with(turnedAway.get());
        }
        CoffeeState stopped = withoutTrip(
                state.brew().exists() ? cycle.stopped(state, now, Outcome.SUPERSEDED, "it was cancelled") : state);
        return stopped.with(stopped.commandLog().withCommand(command).withResult(command, Outcome.DONE, "", now));
    }

    private static CoffeeState resetRequested(CoffeeState state, Command<Press> command, Instant now) {
        Optional<CommandLog> turnedAway = state.commandLog().rejectRepeatedOrExpired(command, now);
        return turnedAway.isPresent()
                ? state.with(turnedAway.get())
                : state.with(state.storage().acknowledged())
                        .with(state.commandLog().withCommand(command).withResult(command, Outcome.DONE, "", now));
    }

    private CoffeeState reported(CoffeeState state, EffectReport report, Instant now) {
        CoffeeState known = state.with(state.storage().after(report));
        Brew brew = known.brew();
        if (report instanceof EffectReport.StateSaved onDisk && brew.stage() == BrewStage.SAVING) {
            boolean noted = brew.key().equals(onDisk.entries().get(BrewHistory.UNFINISHED));
            return noted ? known.with(brew.withStage(BrewStage.SAVED, now)) : known;
        }
        if (report instanceof EffectReport.StorageFailed && brew.stage() == BrewStage.SAVING) {
            return cycle.stopped(known, now, Outcome.REJECTED, "the memory cannot be written");
        }
        if (report instanceof EffectReport.DriveFailed && brew.isRunning()) {
            CoffeeState stopped = cycle.stopped(known, now, Outcome.REJECTED, "the relay does not switch on");
            return stopped.with(stopped.machine().withFailure(now.plus(RELAY_FAULT_SHOWN_FOR)));
        }
        if (report instanceof EffectReport.Settled settled) {
            return known.with(known.commandLog().withoutResult(settled.announcement()))
                    .with(known.announcements().stream()
                            .filter(ready -> !ready.id().equals(settled.announcement()))
                            .toList());
        }
        return known;
    }

    /** What was asked for with a command before a power cut gets its answer now. */
    private static CommandLog rejectInterrupted(CommandLog commandLog, String key, Instant now) {
        if (key.isEmpty() || Cause.APPROACH.isPrefixOf(key)) {
            return commandLog;
        }
        String id = Cause.COMMAND.isPrefixOf(key) ? Cause.COMMAND.idFrom(key) : "";
        String because = "it was interrupted by a restart";
        return commandLog.withResult(CoffeeTopics.BREW.name(), id, Outcome.REJECTED, because, now);
    }

    /** Nobody brews for the trip that is waited for any more, whatever else the car says of it. */
    private static CoffeeState withoutTrip(CoffeeState state) {
        return state.expectedArrival().exists()
                ? state.with(Arrival.NONE)
                        .with(state.history()
                                .withDeclined(Cause.APPROACH.key(
                                        state.expectedArrival().trip())))
                : state;
    }
}
