package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCycles;
import hearth.proving.checker.Expectations.ExpectedLimits;
import java.time.Duration;
import java.util.Locale;

/**
 * Checks that the heat or cool output does its work: switches on when the room requires it and no rule blocks it, and
 * off at the target. The thresholds, the minimum pause and the dead time are exact. It may pause longer only while it
 * publishes a fault.
 */
final class TemperatureBandChecker implements EventObserver {

    private static final long SWITCH_WITHIN_MS = Duration.ofSeconds(1).toMillis();

    private final ObservedAirco airco;
    private final boolean heating;
    private final ObservedRelay relay;
    private final ObservedRelay other;
    private final ExpectedCycles cycles;
    private final ExpectedLimits limits;
    private final FindingsRecorder findings;
    private final String name;

    /** A demand of the room that a rule forbids counts as a test of this rule. */
    private final RuleEpisode singleSensor;

    private final RuleEpisode deadTime;
    private final RuleEpisode minimumPause;
    private final RuleEpisode switchingLimit;

    /** Since when the room has required it without a break; {@link #NEVER} if it does not. */
    private long demandSince = NEVER;

    private boolean frost;
    private boolean lateOnReported;
    private boolean lateOffReported;
    private long offDueAt = NEVER;
    private long onDueAt = NEVER;
    private long unchangedUntil = NEVER;
    private double celsius;

    TemperatureBandChecker(ObservedAirco airco, boolean heating, Expectations expectations, FindingsRecorder findings) {
        this.airco = airco;
        this.heating = heating;
        this.relay = heating ? airco.heat() : airco.cool();
        this.other = heating ? airco.cool() : airco.heat();
        this.cycles = expectations.cycles();
        this.limits = expectations.limits();
        this.findings = findings;
        this.name = heating ? "heat" : "cool";
        this.singleSensor = new RuleEpisode(SafetyRule.FRESH_READINGS, ObservedAirco.NODE, findings);
        this.deadTime = new RuleEpisode(SafetyRule.HEAT_COOL_EXCLUSIVE, ObservedAirco.NODE, findings);
        this.minimumPause = new RuleEpisode(SafetyRule.MINIMUM_PAUSE, ObservedAirco.NODE, findings);
        this.switchingLimit = new RuleEpisode(SafetyRule.SWITCHING_RATE, ObservedAirco.NODE, findings);
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (airco.hasChanged(now)) {
            check(now);
        }
        if (next > onDueAt && onDueAt < unchangedUntil && !lateOnReported) {
            lateOnReported = true;
            reportViolation(
                    frost ? SafetyRule.ABSOLUTE_LIMITS : SafetyRule.TEMPERATURE_BAND,
                    onDueAt,
                    "still off",
                    "the room has required it since " + demandSince / 1000 + " s");
        }
        if (next > offDueAt && offDueAt < unchangedUntil && !lateOffReported) {
            lateOffReported = true;
            reportViolation(
                    SafetyRule.TEMPERATURE_BAND,
                    offDueAt,
                    "still on",
                    "the target is " + airco.stopsAtC(heating) + " °C");
        }
        if (next > unchangedUntil) {
            demandSince = NEVER;
            onDueAt = NEVER;
        }
    }

    private void check(long now) {
        ObservedRoom room = airco.room();
        boolean known = airco.hasPublishedAll() && !room.hasNoValidReading(now) && room.isPlausible(now);
        unchangedUntil = known ? room.unchangedUntil(now) : NEVER;
        celsius = known
                ? (heating
                        ? room.preferredSensor(now).warmestC()
                        : room.preferredSensor(now).coldestC())
                : Double.NaN;
        if (known && relay.on() && hasReachedTarget()) {
            long minOnEndsAt = relay.since() + cycles.minOn().toMillis();
            if (offDueAt == NEVER) {
                findings.tested(now < minOnEndsAt ? SafetyRule.SWITCHING_RATE : SafetyRule.TEMPERATURE_BAND);
            }
            offDueAt = Math.max(now, minOnEndsAt);
        } else {
            offDueAt = NEVER;
            lateOffReported = false;
        }
        boolean demanded = known && !relay.on() && airco.isHealthy() && isDemanded(room, now);
        boolean confirmed = room.isConfirmed(now);
        singleSensor.update(now, demanded && !confirmed, false, () -> "");
        deadTime.update(now, demanded && confirmed && (other.on() || now < deadTimeEndsAt()), false, () -> "");
        minimumPause.update(now, demanded && confirmed && now < minimumPauseEndsAt(), false, () -> "");
        switchingLimit.update(now, demanded && confirmed && now < minimumPauseEndsAt(), false, () -> "");
        if (demanded && confirmed && !other.on()) {
            if (demandSince == NEVER) {
                findings.tested(frost ? SafetyRule.ABSOLUTE_LIMITS : SafetyRule.TEMPERATURE_BAND);
                demandSince = now;
            }
            onDueAt = Math.max(demandSince, Math.max(minimumPauseEndsAt(), deadTimeEndsAt())) + SWITCH_WITHIN_MS;
        } else {
            demandSince = NEVER;
            onDueAt = NEVER;
            lateOnReported = false;
        }
    }

    private boolean hasReachedTarget() {
        double targetC = airco.stopsAtC(heating);
        return heating
                ? celsius >= targetC - ObservedAirco.ROUNDING_K && airco.isAboveFrost(celsius)
                : celsius <= targetC + ObservedAirco.ROUNDING_K;
    }

    private boolean isDemanded(ObservedRoom room, long now) {
        double begins = airco.startsAtC(heating);
        if (heating) {
            frost = airco.isFrost(celsius);
            boolean demanded = frost || (airco.allows(true) && celsius <= begins + ObservedAirco.ROUNDING_K);
            return demanded && room.hottestC(now) < limits.absoluteMaxC();
        }
        return airco.allows(false)
                && celsius >= begins - ObservedAirco.ROUNDING_K
                && airco.isAboveFrost(room.preferredSensor(now).warmestC())
                && room.coldestC(now) > limits.absoluteMinC();
    }

    private long minimumPauseEndsAt() {
        boolean exhausted = relay.lastRunMs() >= cycles.maxOn().toMillis();
        return relay.offSince() + (exhausted ? cycles.pauseAfterMaxOn() : cycles.minOff()).toMillis();
    }

    private long deadTimeEndsAt() {
        return other.offSince() + cycles.deadTime().toMillis();
    }

    private void reportViolation(SafetyRule rule, long now, String state, String why) {
        String what = String.format(Locale.ROOT, "%s is %s at %.4f °C: %s", name, state, celsius, why);
        findings.broken(rule, now, ObservedAirco.NODE, what);
    }
}
