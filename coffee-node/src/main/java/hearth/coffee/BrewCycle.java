package hearth.coffee;

import hearth.coffee.Brew.BrewStage;
import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.common.core.Effect.Announce;
import hearth.common.message.Result.Outcome;
import java.time.Duration;
import java.time.Instant;

/** One brew from its start to the pause after it, and the obstacles to a brew. */
final class BrewCycle {

    /** A disk that needs longer to save the id is faulty. */
    static final Duration SAVE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration RELAY_FAULT_SHOWN_FOR = Duration.ofMinutes(1);
    private static final Duration ANNOUNCEMENT_EXPIRY = Duration.ofMinutes(10);

    private final CoffeeSettings settings;

    BrewCycle(CoffeeSettings settings) {
        this.settings = settings;
    }

    /** The state with the brew in progress as it is {@code now}. */
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
        CoffeeState announced = announced(state, now);
        boolean cupTaken = !state.inputs().cup(); // Nothing to keep warm.
        return cupTaken || !now.isBefore(since.plus(settings.relayOnTime()))
                ? announced.with(announced.machine().withPause(now, settings.lockOut(), Phase.DONE))
                : announced;
    }

    CoffeeState started(CoffeeState state, String id, Cause cause, Instant now) {
        Brew brew = new Brew(id, cause, BrewStage.SAVING, now);
        return state.with(brew).with(state.history().withStarted(brew.key(), now));
    }

    /** The coffee is ready: it is announced once. The relay may stay on to keep it warm. */
    private CoffeeState announced(CoffeeState state, Instant now) {
        if (state.history().unfinished().isEmpty()) {
            return state;
        }
        Brew brew = state.brew();
        Brewed brewed = new Brewed(brew.id(), brew.cause(), settings.brewTime());
        CoffeeState announced = state.withAnnouncement(
                new Announce<>("brewed-" + brew.key(), Brewed.TOPIC, brewed, now.plus(ANNOUNCEMENT_EXPIRY)));
        return withResult(announced, Outcome.DONE, "", now).with(state.history().withFinished());
    }

    /** A brew ends early. If the relay was never on, no pause follows; its trip or command gets no other brew. */
    CoffeeState stopped(CoffeeState state, Instant now, Outcome outcome, String because) {
        if (state.history().unfinished().isEmpty()) { // The coffee was ready already.
            return state.with(state.machine().withPause(now, settings.lockOut(), Phase.DONE));
        }
        Duration pause = state.brew().isRunning() ? settings.lockOut() : Duration.ZERO;
        CoffeeState ended = withResult(state, outcome, because, now);
        return ended.with(ended.history().withFinished())
                .with(ended.machine().withPause(now, pause, Phase.INTERRUPTED));
    }

    /** The id of the brew is not on disk, so the relay must stay off: after a restart a second brew could follow. */
    CoffeeState stoppedByStorage(CoffeeState state, Instant now) {
        return stopped(state, now, Outcome.REJECTED, "the state could not be saved on the disk");
    }

    CoffeeState stoppedByRelay(CoffeeState state, Instant now) {
        CoffeeState stopped = stopped(state, now, Outcome.REJECTED, "the relay could not be switched on");
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

    /** The reason why no brew can start now, as a sentence for the result; empty if a brew can start. */
    String obstacle(CoffeeState state, Instant now) {
        if (state.brew().exists()) {
            return "a brew is in progress";
        }
        if (now.isBefore(state.machine().pauseUntil())) {
            return "minimum pause between brews: "
                    + Duration.between(now, state.machine().pauseUntil()).toSeconds() + " s left (coffee.lock-out)";
        }
        if (now.isBefore(state.history().nextAllowedAt(settings.perDay()))) {
            return "the limit of " + settings.perDay() + " brews in 24 hours is reached (coffee.per-day)";
        }
        if (state.brewingHours() == BrewingHours.QUIET) {
            return "no brew during quiet hours (coffee.quiet-hours)";
        }
        return missing(state);
    }

    private static String missing(CoffeeState state) {
        if (!state.inputs().cup()) {
            return "no cup: the cup contact is open";
        }
        return state.inputs().water() ? "" : "no water: the water contact is open";
    }
}
