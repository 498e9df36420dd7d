package hearth.coffee;

import hearth.coffee.Brew.Stage;
import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewAsked;
import hearth.coffee.CoffeeInput.CancelAsked;
import hearth.coffee.CoffeeInput.Hour;
import hearth.coffee.CoffeeInput.HourTold;
import hearth.coffee.CoffeeInput.Looked;
import hearth.coffee.CoffeeInput.ResetAsked;
import hearth.coffee.CoffeeInput.Told;
import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Docket;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.core.Memory;
import hearth.common.core.Report;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.Common;
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

    private static final Duration FAILURE_IS_TOLD = Duration.ofMinutes(1);

    private final CoffeeSettings settings;
    private final Cycle cycle;

    Brewer(CoffeeSettings settings) {
        this.settings = settings;
        this.cycle = new Cycle(settings);
    }

    @Override
    public CoffeeState start(Instant now, Boot boot) {
        Past past = Past.of(boot.remembered(), now);
        boolean interrupted = !past.unfinished().isEmpty();
        boolean perhapsJustNow = !past.brews().isEmpty() || boot.forgot(); // How long the power was off, who knows.
        Duration rest = perhapsJustNow ? settings.lockOut() : Duration.ZERO;
        Machine machine = new Machine(Brew.NONE, now.plus(rest), interrupted ? Phase.INTERRUPTED : Phase.LOCKED, now);
        return new CoffeeState(
                Arrival.NONE,
                machine,
                past.finished(),
                settings.looks() ? Looked.NOT_YET : Looked.FINE,
                settings.quietHours().exist() ? Hour.QUIET : Hour.LOUD,
                List.of(),
                answeringTheInterrupted(Docket.of(boot.remembered()), past.unfinished(), now),
                Memory.atBoot(boot),
                boot.id());
    }

    @Override
    public CoffeeState absorb(CoffeeState before, CoffeeInput input, Instant now) {
        CoffeeState state = cycle.after(before, now);
        if (input instanceof Approaching approaching) {
            return approaching(state, approaching, now);
        } else if (input instanceof BrewAsked asked) {
            return brewAsked(state, asked.command(), now);
        } else if (input instanceof CancelAsked asked) {
            return cancelAsked(state, asked.command(), now);
        } else if (input instanceof Looked looked) {
            return state.with(looked);
        } else if (input instanceof HourTold told) {
            return state.with(told.hour());
        } else if (input instanceof ResetAsked asked) {
            return resetAsked(state, asked.command(), now);
        }
        return told(state, ((Told) input).report(), now);
    }

    @Override
    public Decision<CoffeeState> decide(CoffeeState before, Instant now) {
        CoffeeState state = waited(cycle.after(before, now), now);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Drive(MACHINE, relayIsOn(state, now)));
        effects.add(Publish.of(CoffeeTopics.PHASE, phase(state, now)));
        effects.add(Publish.of(Common.FAULT, fault(state, now)));
        effects.add(remembered(state));
        effects.addAll(state.ready());
        effects.addAll(state.docket().owed());
        return new Decision<>(state, effects, Deadlines.next(now, deadlines(state)));
    }

    private static Effect.Remember remembered(CoffeeState state) {
        Map<String, String> notes = new TreeMap<>(state.docket().notes());
        notes.putAll(state.past().notes());
        return new Effect.Remember(notes);
    }

    private CoffeeState waited(CoffeeState state, Instant now) {
        Arrival awaited = state.awaited();
        if (!awaited.exists()) {
            return state;
        }
        if (!now.isBefore(awaited.over())) {
            return state.with(Arrival.NONE);
        }
        boolean due = !now.isBefore(awaited.brewAt(settings.brewTime()));
        return due && cycle.obstacle(state, now).isEmpty()
                ? cycle.begun(state.with(Arrival.NONE), awaited.trip(), Cause.APPROACH, now)
                : state;
    }

    /** Never longer than {@code max-on}, whatever else is decided: {@link CoffeeSettings#relayOn} is bounded by it. */
    private boolean relayIsOn(CoffeeState state, Instant now) {
        Brew brew = state.brew();
        return brew.runs() && now.isBefore(brew.since().plus(settings.relayOn()));
    }

    private Phase phase(CoffeeState state, Instant now) {
        Brew brew = state.brew();
        if (brew.runs()) {
            return now.isBefore(brew.since().plus(settings.brewTime())) ? Phase.BREWING : Phase.KEEPING_WARM;
        }
        if (brew.exists() || state.awaited().exists()) {
            return Phase.WAITING;
        }
        if (now.isBefore(state.machine().restUntil())) {
            return state.machine().restPhase();
        }
        return now.isBefore(state.past().allowedAgain(settings.perDay())) ? Phase.LOCKED : Phase.IDLE;
    }

    private String fault(CoffeeState state, Instant now) {
        if (now.isBefore(state.machine().failedUntil())) {
            return CoffeeFaults.RELAY.code();
        }
        if (!state.looked().water() && !state.looked().equals(Looked.NOT_YET)) {
            return CoffeeFaults.NO_WATER.code();
        }
        boolean due = !now.isBefore(state.awaited().brewAt(settings.brewTime()));
        if (due && !state.looked().cup()) {
            return CoffeeFaults.NO_CUP.code();
        }
        return Stream.concat(
                        state.memory().faults().stream(),
                        state.hour() == Hour.UNKNOWN ? Stream.of(CoffeeFaults.CLOCK_UNSYNCED.code()) : Stream.empty())
                .findFirst()
                .orElse(Common.NO_FAULT);
    }

    private Stream<Instant> deadlines(CoffeeState state) {
        Brew brew = state.brew();
        Stream<Instant> always = Stream.of(
                state.machine().restUntil(),
                state.machine().failedUntil(),
                state.past().allowedAgain(settings.perDay()));
        Stream<Instant> waits = state.awaited().exists()
                ? Stream.of(
                        state.awaited().brewAt(settings.brewTime()),
                        state.awaited().over())
                : Stream.empty();
        Stream<Instant> brews = Stream.of(
                brew.since().plus(Cycle.NOTING_TAKES),
                brew.since().plus(settings.brewTime()),
                brew.since().plus(settings.relayOn()));
        return Stream.concat(always, Stream.concat(waits, brews));
    }

    private CoffeeState approaching(CoffeeState state, Approaching approaching, Instant now) {
        Approach approach = approaching.approach();
        String key = Cause.APPROACH.key(approach.trip());
        boolean waitingForIt = state.awaited().trip().equals(approach.trip());
        if (approach.calledOff()) {
            return waitingForIt ? state.with(Arrival.NONE) : state;
        }
        if (state.past().knows(key)) {
            return state;
        }
        if (state.memory().lost()) {
            return state.with(state.past().declining(key)); // It may have had its brew: who knows.
        }
        Arrival awaited = new Arrival(approach.trip(), now.plus(approach.eta()).minus(approaching.age()));
        return now.isBefore(awaited.over()) ? state.with(awaited) : state;
    }

    private CoffeeState brewAsked(CoffeeState state, Command<Press> command, Instant now) {
        boolean hadItsBrew = state.past().knows(Cause.COMMAND.key(command.id()));
        Optional<Docket> turnedAway = state.docket().turnedAway(command, now);
        if (turnedAway.isPresent() || hadItsBrew) {
            return state.with(turnedAway.orElse(state.docket()));
        }
        CoffeeState known = state.with(state.docket().with(command));
        String obstacle = cycle.obstacle(state, now);
        if (!obstacle.isEmpty()) {
            return known.with(known.docket().answered(command, Outcome.REJECTED, obstacle, now));
        }
        String id = command.hasId()
                ? command.id()
                : state.bootId() + "-" + state.docket().count();
        CoffeeState brewing = cycle.begun(known, id, command.hasId() ? Cause.COMMAND : Cause.PLAIN, now);
        return withoutTheTrip(brewing); // The car that was waited for drinks this one.
    }

    private CoffeeState cancelAsked(CoffeeState state, Command<Press> command, Instant now) {
        Optional<Docket> turnedAway = state.docket().turnedAway(command, now);
        if (turnedAway.isPresent()) {
            return state.with(turnedAway.get());
        }
        CoffeeState stopped = withoutTheTrip(
                state.brew().exists() ? cycle.stopped(state, now, Outcome.SUPERSEDED, "it was cancelled") : state);
        return stopped.with(stopped.docket().with(command).answered(command, Outcome.DONE, "", now));
    }

    private static CoffeeState resetAsked(CoffeeState state, Command<Press> command, Instant now) {
        Optional<Docket> turnedAway = state.docket().turnedAway(command, now);
        return turnedAway.isPresent()
                ? state.with(turnedAway.get())
                : state.with(state.memory().acknowledged())
                        .with(state.docket().with(command).answered(command, Outcome.DONE, "", now));
    }

    private CoffeeState told(CoffeeState state, Report report, Instant now) {
        CoffeeState known = state.with(state.memory().after(report));
        Brew brew = known.brew();
        if (report instanceof Report.OnDisk onDisk && brew.stage() == Stage.BEING_NOTED) {
            boolean noted = brew.key().equals(onDisk.notes().get(Past.UNFINISHED));
            return noted ? known.with(brew.at(Stage.NOTED, now)) : known;
        }
        if (report instanceof Report.StorageFailed && brew.stage() == Stage.BEING_NOTED) {
            return cycle.stopped(known, now, Outcome.REJECTED, "the memory cannot be written");
        }
        if (report instanceof Report.DriveFailed && brew.runs()) {
            CoffeeState stopped = cycle.stopped(known, now, Outcome.REJECTED, "the relay does not switch on");
            return stopped.with(stopped.machine().failing(now.plus(FAILURE_IS_TOLD)));
        }
        if (report instanceof Report.Settled settled) {
            return known.with(known.docket().settled(settled.announcement()))
                    .with(known.ready().stream()
                            .filter(ready -> !ready.id().equals(settled.announcement()))
                            .toList());
        }
        return known;
    }

    /** What was asked for with a command before a power cut gets its answer now. */
    private static Docket answeringTheInterrupted(Docket docket, String key, Instant now) {
        if (key.isEmpty() || Cause.APPROACH.made(key)) {
            return docket;
        }
        String id = Cause.COMMAND.made(key) ? Cause.COMMAND.idIn(key) : "";
        String because = "it was interrupted by a restart";
        return docket.answered(CoffeeTopics.BREW.name(), id, Outcome.REJECTED, because, now);
    }

    /** Nobody brews for the trip that is waited for any more, whatever else the car says of it. */
    private static CoffeeState withoutTheTrip(CoffeeState state) {
        return state.awaited().exists()
                ? state.with(Arrival.NONE)
                        .with(state.past()
                                .declining(Cause.APPROACH.key(state.awaited().trip())))
                : state;
    }
}
