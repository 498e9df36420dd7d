package hearth.coffee;

import hearth.coffee.Brew.BrewStage;
import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.common.core.Effect.Announce;
import hearth.common.message.Result.Outcome;
import java.time.Duration;
import java.time.Instant;

/** One brew from its beginning to the rest after it, and what may stand in its way. */
final class BrewCycle {

    /** A disk that takes so long for a note is failing. */
    static final Duration SAVE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration RELAY_FAULT_SHOWN_FOR = Duration.ofMinutes(1);
    private static final Duration ANNOUNCEMENT_EXPIRY = Duration.ofMinutes(10);

    private final CoffeeSettings settings;

    BrewCycle(CoffeeSettings settings) {
        this.settings = settings;
    }

    /** What time has made of the brew under way. */
    CoffeeState advanced(CoffeeState state, Instant now) {
        Brew brew = state.brew();
        return switch (brew.stage()) {
            case NONE -> state;
            case SAVING -> now.isBefore(brew.since().plus(SAVE_TIMEOUT)) ? state : stoppedByStorage(state, now);
            case SAVED -> running(state.with(brew.withStage(BrewStage.RUNNING, now)), now);
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
        boolean cupTaken = !state.inputs().cup(); // Nothing to keep warm.
        return cupTaken || !now.isBefore(since.plus(settings.relayOnTime()))
                ? told.with(told.machine().withPause(now, settings.lockOut(), Phase.DONE))
                : told;
    }

    CoffeeState started(CoffeeState state, String id, Cause cause, Instant now) {
        Brew brew = new Brew(id, cause, BrewStage.SAVING, now);
        return state.with(brew).with(state.history().withStarted(brew.key(), now));
    }

    /** The cup is full: the house is told once, though the plate may still be warm. */
    private CoffeeState announced(CoffeeState state, Instant now) {
        if (state.history().unfinished().isEmpty()) {
            return state;
        }
        Brew brew = state.brew();
        Brewed brewed = new Brewed(brew.id(), brew.cause(), settings.brewTime());
        CoffeeState told = state.withAnnouncement(
                new Announce<>("brewed-" + brew.key(), Brewed.TOPIC, brewed, now.plus(ANNOUNCEMENT_EXPIRY)));
        return withResult(told, Outcome.DONE, "", now).with(state.history().withFinished());
    }

    /** A brew ends before its time. One that never ran needs no rest, but what it was for has had its chance. */
    CoffeeState stopped(CoffeeState state, Instant now, Outcome outcome, String because) {
        if (state.history().unfinished().isEmpty()) { // The cup was full already.
            return state.with(state.machine().withPause(now, settings.lockOut(), Phase.DONE));
        }
        Duration rest = state.brew().isRunning() ? settings.lockOut() : Duration.ZERO;
        CoffeeState told = withResult(state, outcome, because, now);
        return told.with(told.history().withFinished()).with(told.machine().withPause(now, rest, Phase.INTERRUPTED));
    }

    /** The brew is not on disk, so its relay must stay off: after a restart it would be brewed again. */
    CoffeeState stoppedByStorage(CoffeeState state, Instant now) {
        return stopped(state, now, Outcome.REJECTED, "the memory cannot be written");
    }

    CoffeeState stoppedByRelay(CoffeeState state, Instant now) {
        CoffeeState stopped = stopped(state, now, Outcome.REJECTED, "the relay does not switch on");
        return stopped.with(stopped.machine().withFailure(now.plus(RELAY_FAULT_SHOWN_FOR)));
    }

    private static CoffeeState withResult(CoffeeState state, Outcome outcome, String because, Instant now) {
        Brew brew = state.brew();
        if (brew.cause() == Cause.APPROACH) {
            return state;
        }
        String id = brew.cause() == Cause.COMMAND ? brew.id() : "";
        return state.with(state.common().withResult(CoffeeTopics.BREW.name(), id, outcome, because, now));
    }

    /** Why there can be no brew now, in words; empty if there can. */
    String obstacle(CoffeeState state, Instant now) {
        if (state.brew().exists()) {
            return "a brew is under way";
        }
        if (now.isBefore(state.machine().pauseUntil())) {
            return "it rests between brews for "
                    + Duration.between(now, state.machine().pauseUntil()).toSeconds() + " s more";
        }
        if (now.isBefore(state.history().nextAllowedAt(settings.perDay()))) {
            return settings.perDay() + " brews in 24 hours are enough (coffee.per-day)";
        }
        if (state.brewingHours() == BrewingHours.QUIET) {
            return "these are quiet hours (coffee.quiet-hours)";
        }
        return missing(state);
    }

    private static String missing(CoffeeState state) {
        if (!state.inputs().cup()) {
            return "there is no cup";
        }
        return state.inputs().water() ? "" : "there is no water";
    }
}
