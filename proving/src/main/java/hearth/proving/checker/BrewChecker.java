package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCoffee;
import hearth.proving.checker.ObservedRelay.RelayChange;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.time.LocalTime;

/**
 * Watches the coffee machine's relay.
 *
 * <ol>
 *   <li>Rule 11: it goes on for a {@linkplain BrewCause claim} that was lawful, is known to be on disk, and had no brew
 *       before, power cuts or not; the house is told of that brew, and once; lock-out, quiet hours and the day's number
 *       are kept.
 *   <li>Rule 12: after a boot only for what was heard since.
 *   <li>Rule 5: not for longer than to brew and keep warm.
 *   <li>Rule 8: it is on when the machine says that it brews or keeps warm, and else off.
 * </ol>
 */
final class BrewChecker implements EventObserver {

    private static final String NODE = "coffee";

    /** Fewer than the machine must remember. */
    private static final int MAX_KNOWN = 200;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** A brew counts from when it was noted, which takes so long at most. */
    private static final long SAVE_WITHIN_MS = Duration.ofMinutes(1).toMillis();

    private static final long PUBLISH_WITHIN_MS = Duration.ofSeconds(1).toMillis();

    /** What was begun before the quiet hours may be noted when they have come. */
    private static final long STARTED_BEFORE_MS = Duration.ofSeconds(30).toMillis();

    private final ExpectedCoffee coffee;
    private final SurvivingState savedState;
    private final ObservedRelay relay;
    private final BrewCauses causes = new BrewCauses();
    private final FindingsRecorder findings;
    private final RecentIds brewed = new RecentIds(MAX_KNOWN);
    private final RecentIds announced = new RecentIds(MAX_KNOWN);

    /** When it went on the last few times, in a ring: as often as it may in a day. */
    private final long[] starts;

    private final RuleEpisode said;

    private int startCount;
    private int firstStart;
    private long clockOffsetMs;
    private boolean powered;
    private String phase = "";
    private boolean changed;
    private boolean tooLongReported;
    private BrewCause cause = BrewCause.NONE;
    private long causeAt = LONG_AGO;

    /** By the clock it last looked at; before it has, it keeps quiet. {@link #NEVER} if not. */
    private long quietHoursSince = LONG_AGO;

    /** What the relay went on for last, and until when the house must be told that the cup is full. */
    private String brewing = "";

    private long phaseDueAt = NEVER;

    /** @param notes of the same device; told of everything before this is */
    BrewChecker(ExpectedCoffee coffee, SurvivingState notes, FindingsRecorder ledger) {
        this.coffee = coffee;
        this.savedState = notes;
        this.relay = new ObservedRelay(coffee.pin());
        this.findings = ledger;
        this.starts = new long[coffee.perDay()];
        this.said = new RuleEpisode(SafetyRule.STATE_MATCHES_OUTPUTS, NODE, ledger);
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
                phaseDueAt = NEVER; // No cup.
            }
        } else if (event instanceof JournalEvent.MessageReceived heard) {
            causes.receive(now, heard);
            countTests(now, heard);
        } else if (event instanceof JournalEvent.SaveRequested kept) {
            String key = kept.entries().getOrDefault("unfinished", "");
            if (!key.equals(cause.key())) {
                cause = key.isEmpty() ? BrewCause.NONE : causes.causeOf(now, key);
                causeAt = now;
                if (!key.isEmpty() && now - quietHoursSince > STARTED_BEFORE_MS) {
                    cause = BrewCause.forbidden(key, "in the quiet hours", SafetyRule.NO_DOUBLE_BREW);
                }
            }
        } else if (event instanceof JournalEvent.WallClockRead looked) {
            boolean quiet = looked.time()
                    .map(LocalTime::parse)
                    .filter(this::isQuietHour)
                    .isPresent();
            quietHoursSince = quiet ? Math.min(quietHoursSince, now) : NEVER;
        } else if (event instanceof JournalEvent.SaveFinished stored) {
            cause = cause.withStored(stored.onDisk());
        } else if (event instanceof JournalEvent.MessagePublished words) {
            said(now, words);
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
        if (booted.stateLost()) { // It may do again what it cannot know.
            brewed.forgetSince(savedState.survivesBefore() + 1);
        }
        if (booted.stateLost() || booted.clockOffsetMs() != clockOffsetMs) { // Its day is another now.
            firstStart = startCount;
            clockOffsetMs = booted.clockOffsetMs();
        }
    }

    private void countTests(long now, JournalEvent.MessageReceived heard) {
        boolean quiet = now - quietHoursSince > STARTED_BEFORE_MS;
        if (quiet && (heard.topic().equals(BrewCauses.BREW) || heard.topic().equals(BrewCauses.APPROACH))) {
            findings.tested(SafetyRule.NO_DOUBLE_BREW);
        }
        if (heard.topic().equals(BrewCauses.BREW) && ReceivedCommand.isCommand(heard)) {
            ReceivedCommand order = ReceivedCommand.of(now, heard);
            boolean repeat = order.hasId() && brewed.contains(BrewCause.COMMAND + order.id());
            if (repeat) {
                findings.tested(SafetyRule.NO_DOUBLE_BREW);
            } else if (!order.mayAct(now)) {
                findings.tested(SafetyRule.VALID_COMMANDS_ONLY);
            }
        }
    }

    private void onRelayOn(long now) {
        tooLongReported = false;
        findings.tested(SafetyRule.NO_DOUBLE_BREW);
        if (cause.equals(BrewCause.NONE)) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews, and has noted nothing to brew for");
        } else if (brewed.contains(cause.key())) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews again for " + cause.key());
        } else if (!cause.problem().isEmpty()) {
            reportViolation(cause.brokenRule(), now, "it brews for " + cause.key() + ": " + cause.problem());
        } else if (!cause.onDisk()) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews for " + cause.key() + " before that is on disk");
        }
        brewed.add(cause.key(), causeAt);
        brewing = cause.key();
        phaseDueAt = now + coffee.brewTime().toMillis() + PUBLISH_WITHIN_MS;
        long restMs = now - relay.offSince();
        if (startCount > 0 && restMs < coffee.lockOut().toMillis()) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews after " + restMs / 1000.0 + " s of rest");
        }
        checkDailyLimit(now);
    }

    private void checkDailyLimit(long now) {
        int place = startCount % starts.length;
        boolean full = startCount - firstStart >= starts.length;
        if (full && now - starts[place] < DAY_MS - SAVE_WITHIN_MS) {
            reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it brews " + (starts.length + 1) + " times within a day");
        }
        starts[place] = now;
        startCount++;
    }

    private void said(long now, JournalEvent.MessagePublished words) {
        if (words.topic().equals("coffee/phase")) {
            phase = words.payload();
        } else if (words.topic().equals("coffee/brewed")) {
            String id = PayloadParser.text(words.payload(), "id");
            String what = PayloadParser.text(words.payload(), "for") + " " + id;
            findings.tested(SafetyRule.NO_DOUBLE_BREW);
            if (!announced.add(what, now)) {
                reportViolation(SafetyRule.NO_DOUBLE_BREW, now, "it tells again that it brewed for " + what);
            }
            phaseDueAt = NEVER;
            if (!brewing.endsWith(":" + id)) {
                reportViolation(
                        SafetyRule.NO_DOUBLE_BREW,
                        now,
                        "it tells that it brewed for " + what + ", and that was " + brewing);
            }
            if (now - relay.since() < coffee.brewTime().toMillis()) {
                reportViolation(
                        SafetyRule.NO_DOUBLE_BREW, now, "it tells that it brewed for " + what + " before it has");
            }
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (changed) {
            changed = false;
            boolean brews = phase.equals("brewing") || phase.equals("keeping-warm");
            boolean other = powered && brews != relay.on();
            said.update(
                    now,
                    brews || other,
                    other,
                    () -> "it says " + phase + " while it is " + (relay.on() ? "on" : "off"));
        }
        if (next > phaseDueAt) {
            reportViolation(
                    SafetyRule.NO_DOUBLE_BREW, phaseDueAt, "it has brewed for " + brewing + ", and has not told");
            phaseDueAt = NEVER;
        }
        Duration longest = coffee.brewTime().plus(coffee.keepWarm());
        long tooLongAt = relay.since() + longest.toMillis();
        if (relay.on() && next > tooLongAt && !tooLongReported) {
            tooLongReported = true;
            reportViolation(SafetyRule.MAX_ON, tooLongAt, "it is still on after " + longest.toMinutes() + " min");
        }
    }

    private boolean isQuietHour(LocalTime time) {
        return !time.isBefore(coffee.quietFrom()) || time.isBefore(coffee.quietTo());
    }

    private void reportViolation(SafetyRule rule, long now, String what) {
        findings.broken(rule, now, NODE, what);
    }
}
