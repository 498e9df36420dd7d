package hearth.coffee;

import hearth.coffee.Brew.Stage;
import hearth.coffee.CoffeeInput.Hour;
import hearth.common.core.Effect.Announce;
import hearth.common.message.Result.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One brew from its beginning to the rest after it, and what may stand in its way. */
final class Cycle {

    /** A disk that takes so long for a note is failing. */
    static final Duration NOTING_TAKES = Duration.ofSeconds(30);

    private static final Duration ANNOUNCEMENT_LIVES = Duration.ofMinutes(10);

    private final CoffeeSettings settings;

    Cycle(CoffeeSettings settings) {
        this.settings = settings;
    }

    /** What time has made of the brew under way. */
    CoffeeState after(CoffeeState state, Instant now) {
        Brew brew = state.brew();
        return switch (brew.stage()) {
            case NONE -> state;
            case BEING_NOTED ->
                now.isBefore(brew.since().plus(NOTING_TAKES))
                        ? state
                        : stopped(state, now, Outcome.REJECTED, "the memory cannot be written");
            case NOTED -> running(state.with(brew.at(Stage.RUNNING, now)), now);
            case RUNNING -> running(state, now);
        };
    }

    private CoffeeState running(CoffeeState state, Instant now) {
        Instant since = state.brew().since();
        boolean full = !now.isBefore(since.plus(settings.brewTime()));
        if (!full) {
            String missing = missing(state);
            return missing.isEmpty() ? state : stopped(state, now, Outcome.REJECTED, missing);
        }
        CoffeeState told = announced(state, now);
        boolean cupTaken = !state.looked().cup(); // Nothing to keep warm.
        return cupTaken || !now.isBefore(since.plus(settings.relayOn()))
                ? told.with(told.machine().resting(now, settings.lockOut(), Phase.DONE))
                : told;
    }

    CoffeeState begun(CoffeeState state, String id, Cause cause, Instant now) {
        Brew brew = new Brew(id, cause, Stage.BEING_NOTED, now);
        return state.with(brew).with(state.past().beginning(brew.key(), now));
    }

    /** The cup is full: the house is told once, though the plate may still be warm. */
    private CoffeeState announced(CoffeeState state, Instant now) {
        if (state.past().unfinished().isEmpty()) {
            return state;
        }
        Brew brew = state.brew();
        List<Announce<Brewed>> all = new ArrayList<>(state.ready());
        all.add(new Announce<>(
                "brewed-" + brew.key(),
                Brewed.TOPIC,
                new Brewed(brew.id(), brew.cause(), settings.brewTime()),
                now.plus(ANNOUNCEMENT_LIVES)));
        return answered(state.with(all).with(state.past().finished()), Outcome.DONE, "", now);
    }

    /** A brew ends before its time. One that never ran needs no rest, but what it was for has had its chance. */
    CoffeeState stopped(CoffeeState state, Instant now, Outcome outcome, String because) {
        if (state.past().unfinished().isEmpty()) { // The cup was full already.
            return state.with(state.machine().resting(now, settings.lockOut(), Phase.DONE));
        }
        Duration rest = state.brew().runs() ? settings.lockOut() : Duration.ZERO;
        CoffeeState told = answered(state, outcome, because, now);
        return told.with(told.past().finished()).with(told.machine().resting(now, rest, Phase.INTERRUPTED));
    }

    private static CoffeeState answered(CoffeeState state, Outcome outcome, String because, Instant now) {
        Brew brew = state.brew();
        if (brew.cause() == Cause.APPROACH) {
            return state;
        }
        String id = brew.cause() == Cause.COMMAND ? brew.id() : "";
        return state.with(state.docket().answered(CoffeeTopics.BREW.name(), id, outcome, because, now));
    }

    /** Why there can be no brew now, in words; empty if there can. */
    String obstacle(CoffeeState state, Instant now) {
        if (state.brew().exists()) {
            return "a brew is under way";
        }
        if (now.isBefore(state.machine().restUntil())) {
            return "it rests between brews for "
                    + Duration.between(now, state.machine().restUntil()).toSeconds() + " s more";
        }
        if (now.isBefore(state.past().allowedAgain(settings.perDay()))) {
            return settings.perDay() + " brews in 24 hours are enough (coffee.per-day)";
        }
        if (state.hour() == Hour.QUIET) {
            return "these are quiet hours (coffee.quiet-hours)";
        }
        return missing(state);
    }

    private static String missing(CoffeeState state) {
        if (!state.looked().cup()) {
            return "there is no cup";
        }
        return state.looked().water() ? "" : "there is no water";
    }
}
