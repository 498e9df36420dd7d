package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCycles;
import hearth.proving.checker.ObservedRelay.RelayChange;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches one of the airco's two relays.
 *
 * <p>That it went on puts no rule to the test but the band: the others count where somebody asks for what they forbid.
 *
 * <ol>
 *   <li>Rule 1: never on with the other, and the dead time after it.
 *   <li>Rule 2: a lone outlier switches nothing on. Band: nothing goes on that the room does not ask for.
 *   <li>Rule 4: it rests between runs and after a boot.
 *   <li>Rule 5: on no longer than it may be, and then ten minutes' rest.
 *   <li>Rule 9: so many runs an hour as the rests leave room for, and none shorter than it may be without a cause.
 * </ol>
 */
final class RelayTimingChecker implements EventObserver {

    private static final String SINGLE_SENSOR = "for a lone outlier";
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final ObservedAirco airco;
    private final boolean heating;
    private final ObservedRelay relay;
    private final ObservedRelay other;
    private final ExpectedCycles cycles;
    private final Expectations expectations;
    private final FindingsRecorder findings;
    private final String name;

    /** When it went on the last few times, in a ring: as often as it can in an hour. */
    private final long[] starts;

    private int startCount;
    private boolean maxOnReached;
    private boolean tooLongReported;
    private boolean wentOff;
    private String unexplained = "";

    RelayTimingChecker(ObservedAirco airco, boolean heating, Expectations house, FindingsRecorder ledger) {
        this.airco = airco;
        this.heating = heating;
        this.relay = heating ? airco.heat() : airco.cool();
        this.other = heating ? airco.cool() : airco.heat();
        this.cycles = house.cycles();
        this.expectations = house;
        this.findings = ledger;
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
            findings.tested(SafetyRule.HEAT_COOL_EXCLUSIVE); // It was the other's turn.
        }
        if (other.on()) {
            reportViolation(SafetyRule.HEAT_COOL_EXCLUSIVE, now, name + " went on while the other was on");
        } else {
            checkPause(
                    SafetyRule.HEAT_COOL_EXCLUSIVE, now, now - other.offSince(), cycles.deadTime(), "after the other");
        }
        checkPause(SafetyRule.MINIMUM_PAUSE, now, now - relay.offSince(), cycles.minOff(), "after it was last off");
        if (maxOnReached) {
            checkPause(
                    SafetyRule.MAX_ON, now, now - relay.offSince(), cycles.pauseAfterMaxOn(), "after its longest run");
            maxOnReached = false;
        }
        checkSwitchingRate(now);
        findings.tested(SafetyRule.TEMPERATURE_BAND);
        unexplained = whyNotOn(now);
    }

    private void checkPause(SafetyRule rule, long now, long restMs, Duration rest, String after) {
        if (restMs < rest.toMillis()) {
            reportViolation(
                    rule, now, name + " went on " + restMs / 1000.0 + " s " + after + ", not " + rest.toSeconds());
        }
    }

    private void checkSwitchingRate(long now) {
        int place = startCount % starts.length;
        if (startCount >= starts.length && now - starts[place] < HOUR_MS) {
            reportViolation(
                    SafetyRule.SWITCHING_RATE, now, name + " went on " + (starts.length + 1) + " times within an hour");
        }
        starts[place] = now;
        startCount++;
    }

    /** Why it should not have gone on; empty if it should, or if that cannot be told from outside. */
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
                Locale.ROOT, "at %.4f °C in mode %s, %s begins at %.4f", celsius, airco.mode(), name, begins);
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (!unexplained.isEmpty()) {
            unexplained = whyNotOn(now); // It is driven first and told then what it was set to.
        }
        if (!unexplained.isEmpty()) {
            boolean outlier = unexplained.equals(SINGLE_SENSOR);
            reportViolation(
                    outlier ? SafetyRule.FRESH_READINGS : SafetyRule.TEMPERATURE_BAND,
                    now,
                    name + " went on " + unexplained);
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
                        name + " was on for " + relay.lastRunMs() / 1000.0 + " s, not "
                                + cycles.minOn().toSeconds());
            }
        }
    }

    /** Whether something else than the target, or its longest run, may have ended the run. */
    private boolean mayEnd(long now) {
        ObservedRoom room = airco.room();
        if (!airco.isPowered()
                || airco.isDisturbed()
                || !airco.allows(heating) // It ran against frost: when that is over, rule 3 wants it off at once.
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
