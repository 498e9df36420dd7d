package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCycles;
import hearth.proving.checker.ObservedRelay.RelayChange;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Locale;

/**
 * Checks one of the two relays of the airco.
 *
 * <p>A switch-on counts as a test of the band only. The other rules count as tested when there is a demand that they
 * forbid.
 *
 * <ol>
 *   <li>Rule 1: never on together with the other relay, and the dead time after it.
 *   <li>Rule 2: a single outlier switches nothing on. Band: no relay switches on without a demand of the room.
 *   <li>Rule 4: the minimum pause between periods and after a boot.
 *   <li>Rule 5: on no longer than the maximum, and then a pause of ten minutes.
 *   <li>Rule 9: no more periods per hour than the pauses allow, and no period shorter than the minimum without a cause.
 * </ol>
 */
final class RelayTimingChecker implements EventObserver {

    private static final String SINGLE_SENSOR = "because of a single outlier";
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final ObservedAirco airco;
    private final boolean heating;
    private final ObservedRelay relay;
    private final ObservedRelay other;
    private final ExpectedCycles cycles;
    private final Expectations expectations;
    private final FindingsRecorder findings;
    private final String name;

    /** The latest times it switched on, in a ring of the size of the limit per hour. */
    private final long[] starts;

    private int startCount;
    private boolean maxOnReached;
    private boolean tooLongReported;
    private boolean wentOff;
    private String unexplained = "";

    RelayTimingChecker(ObservedAirco airco, boolean heating, Expectations expectations, FindingsRecorder findings) {
        this.airco = airco;
        this.heating = heating;
        this.relay = heating ? airco.heat() : airco.cool();
        this.other = heating ? airco.cool() : airco.heat();
        this.cycles = expectations.cycles();
        this.expectations = expectations;
        this.findings = findings;
        this.name = heating ? "heat" : "cool";
        this.starts = new long[(int) (HOUR_MS / Math.max(1, cycles.minOff().toMillis()))];
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.Booted) {
            maxOnReached = false;
        } else if (event instanceof JournalEvent.OutputDriven driven) {
            RelayChange change = relay.onDriven(now, driven);
            if (change == RelayChange.WENT_ON) {
                onRelayOn(now);
            } else if (change == RelayChange.WENT_OFF) {
                wentOff = true;
            }
        }
    }

    private void onRelayOn(long now) {
        tooLongReported = false;
        if (other.since() > (startCount > 0 ? starts[(startCount - 1) % starts.length] : LONG_AGO)) {
            findings.tested(SafetyRule.HEAT_COOL_EXCLUSIVE); // The other relay was on last.
        }
        if (other.on()) {
            reportViolation(SafetyRule.HEAT_COOL_EXCLUSIVE, now, name + " switched on while the other relay was on");
        } else {
            checkPause(
                    SafetyRule.HEAT_COOL_EXCLUSIVE,
                    now,
                    now - other.offSince(),
                    cycles.deadTime(),
                    "after the other relay");
        }
        checkPause(SafetyRule.MINIMUM_PAUSE, now, now - relay.offSince(), cycles.minOff(), "after its last switch-off");
        if (maxOnReached) {
            checkPause(
                    SafetyRule.MAX_ON,
                    now,
                    now - relay.offSince(),
                    cycles.pauseAfterMaxOn(),
                    "after its maximum time on");
            maxOnReached = false;
        }
        checkSwitchingRate(now);
        findings.tested(SafetyRule.TEMPERATURE_BAND);
        unexplained = whyNotOn(now);
    }

    private void checkPause(SafetyRule rule, long now, long pauseMs, Duration minimum, String after) {
        if (pauseMs < minimum.toMillis()) {
            reportViolation(
                    rule,
                    now,
                    name + " switched on " + pauseMs / 1000.0 + " s " + after + ", must be " + minimum.toSeconds());
        }
    }

    private void checkSwitchingRate(long now) {
        int slot = startCount % starts.length;
        if (startCount >= starts.length && now - starts[slot] < HOUR_MS) {
            reportViolation(
                    SafetyRule.SWITCHING_RATE, now, name + " switched on " + (starts.length + 1) + " times in an hour");
        }
        starts[slot] = now;
        startCount++;
    }

    /** Why it should not have switched on; empty if it should, or if that is not visible from outside. */
    private String whyNotOn(long now) {
        ObservedRoom room = airco.room();
        if (!airco.hasPublishedAll() || room.hasNoValidReading(now)) {
            return "";
        }
        if (!room.isConfirmed(now)) {
            return SINGLE_SENSOR;
        }
        ObservedSensor source = room.preferredSensor(now);
        double begins = airco.startsAtC(heating);
        double celsius = heating ? source.warmestC() : source.coldestC();
        boolean beyond =
                heating ? celsius <= begins + ObservedAirco.ROUNDING_K : celsius >= begins - ObservedAirco.ROUNDING_K;
        if ((airco.allows(heating) && beyond) || (heating && airco.isFrost(celsius))) {
            return "";
        }
        return String.format(
                Locale.ROOT, "at %.4f °C in mode %s, but %s begins at %.4f °C", celsius, airco.mode(), name, begins);
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (!unexplained.isEmpty()) {
            unexplained = whyNotOn(now); // The relay switches before the new setting is published.
        }
        if (!unexplained.isEmpty()) {
            boolean outlier = unexplained.equals(SINGLE_SENSOR);
            reportViolation(
                    outlier ? SafetyRule.FRESH_READINGS : SafetyRule.TEMPERATURE_BAND,
                    now,
                    name + " switched on " + unexplained);
            unexplained = "";
        }
        if (wentOff) {
            wentOff = false;
            onRelayOff(now);
        }
        long tooLongAt = relay.since() + cycles.maxOn().toMillis();
        if (relay.on() && next > tooLongAt && !tooLongReported) {
            tooLongReported = true;
            reportViolation(
                    SafetyRule.MAX_ON,
                    tooLongAt,
                    name + " is still on after " + cycles.maxOn().toMinutes() + " min");
        }
    }

    private void onRelayOff(long now) {
        if (relay.lastRunMs() >= cycles.maxOn().toMillis()) {
            findings.tested(SafetyRule.MAX_ON);
            maxOnReached = !mayEnd(now);
        }
        if (relay.lastRunMs() < cycles.minOn().toMillis()) {
            if (!mayEnd(now)) {
                reportViolation(
                        SafetyRule.SWITCHING_RATE,
                        now,
                        name + " was on for " + relay.lastRunMs() / 1000.0 + " s, must be "
                                + cycles.minOn().toSeconds());
            }
        }
    }

    /** Whether another cause than the target or the maximum time may have ended the period. */
    private boolean mayEnd(long now) {
        ObservedRoom room = airco.room();
        if (!airco.isPowered()
                || airco.isDisturbed()
                || !airco.allows(heating) // It was frost protection: at its end rule 3 requires off at once.
                || !airco.isHealthy()
                || room.hasNoValidReading(now)
                || !room.isPlausible(now)) {
            return true;
        }
        return heating
                ? room.hottestC(now) >= expectations.limits().absoluteMaxC()
                : room.coldestC(now) <= expectations.limits().absoluteMinC()
                        || !airco.isAboveFrost(room.preferredSensor(now).warmestC());
    }

    private void reportViolation(SafetyRule rule, long now, String what) {
        findings.broken(rule, now, ObservedAirco.NODE, what);
    }
}
