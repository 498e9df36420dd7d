package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCycles;
import hearth.proving.checker.Expectations.ExpectedLimits;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches that one side does its work: goes on when the room asks for it and nothing stands in the way, and off when the
 * target is reached. The thresholds are exact, and so is what it has to wait for: its own rest and the dead time. It may
 * rest longer for a fault that it tells, and only while it does.
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

    /** What the room asks for, and a rule forbids: with these it is counted how often the rules are put to the test. */
    private final RuleEpisode singleSensor;

    private final RuleEpisode deadTime;
    private final RuleEpisode minimumPause;
    private final RuleEpisode switchingLimit;

    /** Since when the room has asked for it without a break; {@link #NEVER} if it does not. */
    private long demandSince = NEVER;

    private boolean frost;
    private boolean lateOnReported;
    private boolean lateOffReported;
    private long offDueAt = NEVER;
    private long onDueAt = NEVER;
    private long unchangedUntil = NEVER;
    private double celsius;

    TemperatureBandChecker(ObservedAirco airco, boolean heating, Expectations house, FindingsRecorder ledger) {
        this.airco = airco;
        this.heating = heating;
        this.relay = heating ? airco.heat() : airco.cool();
        this.other = heating ? airco.cool() : airco.heat();
        this.cycles = house.cycles();
        this.limits = house.limits();
        this.findings = ledger;
        this.name = heating ? "heat" : "cool";
        this.singleSensor = new RuleEpisode(SafetyRule.FRESH_READINGS, ObservedAirco.NODE, ledger);
        this.deadTime = new RuleEpisode(SafetyRule.HEAT_COOL_EXCLUSIVE, ObservedAirco.NODE, ledger);
        this.minimumPause = new RuleEpisode(SafetyRule.MINIMUM_PAUSE, ObservedAirco.NODE, ledger);
        this.switchingLimit = new RuleEpisode(SafetyRule.SWITCHING_RATE, ObservedAirco.NODE, ledger);
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
                    "has asked for it since " + demandSince / 1000);
        }
        if (next > offDueAt && offDueAt < unchangedUntil && !lateOffReported) {
            lateOffReported = true;
            reportViolation(SafetyRule.TEMPERATURE_BAND, offDueAt, "still on", "target " + airco.stopsAtC(heating));
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
            long shortest = relay.since() + cycles.minOn().toMillis();
            if (offDueAt == NEVER) {
                findings.tested(now < shortest ? SafetyRule.SWITCHING_RATE : SafetyRule.TEMPERATURE_BAND);
            }
            offDueAt = Math.max(now, shortest);
        } else {
            offDueAt = NEVER;
            lateOffReported = false;
        }
        boolean asks = known && !relay.on() && airco.isHealthy() && isDemanded(room, now);
        boolean agreed = room.isConfirmed(now);
        singleSensor.update(now, asks && !agreed, false, () -> "");
        deadTime.update(now, asks && agreed && (other.on() || now < deadTimeEndsAt()), false, () -> "");
        minimumPause.update(now, asks && agreed && now < minimumPauseEndsAt(), false, () -> "");
        switchingLimit.update(now, asks && agreed && now < minimumPauseEndsAt(), false, () -> "");
        if (asks && agreed && !other.on()) {
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
        double wanted = airco.stopsAtC(heating);
        return heating
                ? celsius >= wanted - ObservedAirco.ROUNDING_K && airco.isAboveFrost(celsius)
                : celsius <= wanted + ObservedAirco.ROUNDING_K;
    }

    private boolean isDemanded(ObservedRoom room, long now) {
        double begins = airco.startsAtC(heating);
        if (heating) {
            frost = airco.isFrost(celsius);
            boolean asks = frost || (airco.allows(true) && celsius <= begins + ObservedAirco.ROUNDING_K);
            return asks && room.hottestC(now) < limits.absoluteMaxC();
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
