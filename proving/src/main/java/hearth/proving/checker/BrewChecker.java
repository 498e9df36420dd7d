package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCoffee;
import hearth.proving.checker.ObservedRelay.RelayChange;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.time.LocalTime;

/**
 * Checks the relay of the coffee machine.
 *
 * <ol>
 *   <li>Rule 11: it switches on for a {@linkplain BrewCause cause} that is allowed, is on disk, and had no brew before,
 *       with or without power cuts; the brew is published once; lock-out, quiet hours and the daily limit are kept.
 *   <li>Rule 12: after a boot it switches on only for messages that arrived after the boot.
 *   <li>Rule 5: it is on no longer than the brew time plus the keep-warm time.
 *   <li>Rule 8: it is on if the published phase is brewing or keeping-warm, else off.
 * </ol>
 */
final class BrewChecker implements EventObserver {

    private static final String NODE = "coffee";

    /** Fewer than the machine must save. */
    private static final int MAX_KNOWN = 200;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** A brew counts from its save, which takes at most this long. */
    private static final long SAVE_WITHIN_MS = Duration.ofMinutes(1).toMillis();

    private static final long PUBLISH_WITHIN_MS = Duration.ofSeconds(1).toMillis();

    /** A cause from just before the quiet hours may be saved shortly after they begin. */
    private static final long STARTED_BEFORE_MS = Duration.ofSeconds(30).toMillis();

    private final ExpectedCoffee coffee;
    private final SurvivingState savedState;
    private final ObservedRelay relay;
    private final BrewCauses causes = new BrewCauses();
    private final FindingsRecorder findings;
    private final RecentIds brewed = new RecentIds(MAX_KNOWN);
    private final RecentIds announced = new RecentIds(MAX_KNOWN);

    /** The latest times it switched on, in a ring of the size of the daily limit. */
    private final long[] starts;

    private final RuleEpisode phaseMatches;

    private int startCount;
    private int firstStart;
    private long clockOffsetMs;
    private boolean powered;
    private String phase = "";
    private boolean changed;
    private boolean tooLongReported;
    private BrewCause cause = BrewCause.NONE;
    private long causeAt = LONG_AGO;

    /** According to the wall clock that the machine last read; unknown counts as quiet. {@link #NEVER} if not quiet. */
    private long quietHoursSince = LONG_AGO;

    /** The cause of the current brew; {@code phaseDueAt} is the time until which its end must be published. */
    private String brewing = "";

    private long phaseDueAt = NEVER;

    /** @param savedState of the same device; must receive each event before this checker */
    BrewChecker(ExpectedCoffee coffee, SurvivingState savedState, FindingsRecorder findings) {
        this.coffee = coffee;
        this.savedState = savedState;
        this.relay = new ObservedRelay(coffee.pin());
        this.findings = findings;
        this.starts = new long[coffee.perDay()];
        this.phaseMatches = new RuleEpisode(SafetyRule.STATE_MATCHES_OUTPUTS, NODE, findings);
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        changed = true;
        if (event instanceof JournalEvent.OutputDriven driven) {
            RelayChange change = relay.onDriven(now, driven);
            if (change == RelayChange.WENT_ON) {
                onRelayOn(now);
            } else if (change == RelayChange.WENT_OFF
                    && relay.lastRunMs() < coffee.brewTime().toMillis()) {
                phaseDueAt = NEVER; // An interrupted brew is not published.
            }
        } else if (event instanceof JournalEvent.MessageReceived received) {
            causes.receive(now, received);
            countTests(now, received);
        } else if (event instanceof JournalEvent.SaveRequested request) {
            String key = request.entries().getOrDefault("unfinished", "");
            if (!key.equals(cause.key())) {
                cause = key.isEmpty() ? BrewCause.NONE : causes.causeOf(now, key);
                causeAt = now;
                if (!key.isEmpty() && now - quietHoursSince > STARTED_BEFORE_MS) {
                    cause = BrewCause.forbidden(key, "during the quiet hours", SafetyRule.NO_DOUBLE_BREW);
                }
            }
        } else if (event instanceof JournalEvent.WallClockRead clock) {
            boolean quiet =
                    clock.time().map(LocalTime::parse).filter(this::isQuietHour).isPresent();
            quietHoursSince = quiet ? Math.min(quietHoursSince, now) : NEVER;
        } else if (event instanceof JournalEvent.SaveFinished save) {
            cause = cause.withStored(save.onDisk());
        } else if (event instanceof JournalEvent.MessagePublished message) {
            onPublished(now, message);
        } else if (event instanceof JournalEvent.Booted booted) {
            unpowered(now);
            powered = true;
            booted(now, booted);
        } else if (event instanceof JournalEvent.PowerCut) {
            unpowered(now);
        }
    }

    private void unpowered(long now) {
        relay.unpowered(now);
        powered = false;
        quietHoursSince = LONG_AGO;
        phaseDueAt = NEVER;
        phase = "";
        cause = BrewCause.NONE;
    }

    private void booted(long now, JournalEvent.Booted booted) {
        if (causes.boot(now, brewed)
                || !booted.savedState().getOrDefault("unfinished", "").isEmpty()) {
            findings.tested(SafetyRule.NO_BREW_RESUMED);
        }
        if (booted.stateLost()) { // It cannot know what was lost.
            brewed.forgetSince(savedState.survivesBefore() + 1);
        }
        if (booted.stateLost() || booted.clockOffsetMs() != clockOffsetMs) { // The daily limit starts again.
            firstStart = startCount;
            clockOffsetMs = booted.clockOffsetMs();
        }
    }

    private void countTests(long now, JournalEvent.MessageReceived received) {
        boolean quiet = now - quietHoursSince > STARTED_BEFORE_MS;
        if (quiet
                && (received.topic().equals(BrewCauses.BREW) || received.topic().equals(BrewCauses.APPROACH))) {
            findings.tested(SafetyRule.NO_DOUBLE_BREW);
        }
        if (received.topic().equals(BrewCauses.BREW) && ReceivedCommand.isCommand(received)) {
            ReceivedCommand command = ReceivedCommand.of(now, received);
            boolean repeat = command.hasId() && brewed.contains(BrewCause.COMMAND + command.id());
            if (repeat) {
                findings.tested(SafetyRule.NO_DOUBLE_BREW);
            } else if (!command.mayAct(now)) {
                findings.tested(SafetyRule.VALID_COMMANDS_ONLY);
            }
        }
    }

    private void onRelayOn(long now) {
        tooLongReported = false;
        findings.tested(SafetyRule.NO_DOUBLE_BREW);
        if (cause.equals(BrewCause.NONE)) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews without a saved cause");
        } else if (brewed.contains(cause.key())) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews again for " + cause.key());
        } else if (!cause.problem().isEmpty()) {
            reportViolation(cause.brokenRule(), now, "it brews for " + cause.key() + ": " + cause.problem());
        } else if (!cause.onDisk()) {
            reportViolation(
                    SafetyRule.NO_DOUBLE_BREW, now, "it brews for " + cause.key() + " before the cause is on disk");
        }
        brewed.add(cause.key(), causeAt);
        brewing = cause.key();
        phaseDueAt = now + coffee.brewTime().toMillis() + PUBLISH_WITHIN_MS;
        long pauseMs = now - relay.offSince();
        if (startCount > 0 && pauseMs < coffee.lockOut().toMillis()) {
            reportViolation(
                    SafetyRule.NO_DOUBLE_BREW, now, "it brews after a pause of only " + pauseMs / 1000.0 + " s");
        }
        checkDailyLimit(now);
    }

    private void checkDailyLimit(long now) {
        int slot = startCount % starts.length;
        boolean limitReached = startCount - firstStart >= starts.length;
        if (limitReached && now - starts[slot] < DAY_MS - SAVE_WITHIN_MS) {
            reportViolation(
                    SafetyRule.NO_DOUBLE_BREW, now, "it brews " + (starts.length + 1) + " times within 24 hours");
        }
        starts[slot] = now;
        startCount++;
    }

    private void onPublished(long now, JournalEvent.MessagePublished message) {
        if (message.topic().equals("coffee/phase")) {
            phase = message.payload();
        } else if (message.topic().equals("coffee/brewed")) {
            String id = PayloadParser.text(message.payload(), "id");
            String what = PayloadParser.text(message.payload(), "for") + " " + id;
            findings.tested(SafetyRule.NO_DOUBLE_BREW);
            if (!announced.add(what, now)) {
                reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it publishes the brew for " + what + " again");
            }
            phaseDueAt = NEVER;
            if (!brewing.endsWith(":" + id)) {
                reportViolation(
                        SafetyRule.NO_DOUBLE_BREW,
                        now,
                        "it publishes a brew for " + what + ", but the brew was for " + brewing);
            }
            if (now - relay.since() < coffee.brewTime().toMillis()) {
                reportViolation(
                        SafetyRule.NO_DOUBLE_BREW, now, "it publishes the brew for " + what + " before its end");
            }
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (changed) {
            changed = false;
            boolean brews = phase.equals("brewing") || phase.equals("keeping-warm");
            boolean other = powered && brews != relay.on();
            phaseMatches.update(
                    now,
                    brews || other,
                    other,
                    () -> "the published phase is " + phase + ", but the relay is " + (relay.on() ? "on" : "off"));
        }
        if (next > phaseDueAt) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, phaseDueAt, "it did not publish the brew for " + brewing);
            phaseDueAt = NEVER;
        }
        Duration longest = coffee.brewTime().plus(coffee.keepWarm());
        long tooLongAt = relay.since() + longest.toMillis();
        if (relay.on() && next > tooLongAt && !tooLongReported) {
            tooLongReported = true;
            reportViolation(
                    SafetyRule.MAX_ON, tooLongAt, "the relay is still on after " + longest.toMinutes() + " min");
        }
    }

    private boolean isQuietHour(LocalTime time) {
        return !time.isBefore(coffee.quietFrom()) || time.isBefore(coffee.quietTo());
    }

    private void reportViolation(SafetyRule rule, long now, String what) {
        findings.broken(rule, now, NODE, what);
    }
}
