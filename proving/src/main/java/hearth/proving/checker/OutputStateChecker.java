package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedLimits;
import hearth.proving.journal.JournalEvent;
import java.util.Locale;

/**
 * Checks that the relays of the airco are off when they must be, and match the published state: rules 2, 3, 6 and 8.
 * Frost protection is the only reason to heat in mode off.
 */
final class OutputStateChecker implements EventObserver {

    private final ObservedAirco airco;
    private final ExpectedLimits limits;
    private final FindingsRecorder findings;
    private final RuleEpisode actionMatches;
    private final RuleEpisode latched;
    private final RuleEpisode heatForbidden;
    private final RuleEpisode coolForbidden;
    private final RuleEpisode aboveMaximum;
    private final RuleEpisode belowMinimum;
    private boolean noReadingTested;
    private boolean noReadingReported;
    private boolean silenceReported;
    private long noReadingAt = NEVER;

    OutputStateChecker(ObservedAirco airco, Expectations expectations, FindingsRecorder findings) {
        this.airco = airco;
        this.limits = expectations.limits();
        this.findings = findings;
        this.actionMatches = episode(SafetyRule.STATE_MATCHES_OUTPUTS);
        this.latched = episode(SafetyRule.OFF_MEANS_OFF);
        this.heatForbidden = episode(SafetyRule.OFF_MEANS_OFF);
        this.coolForbidden = episode(SafetyRule.OFF_MEANS_OFF);
        this.aboveMaximum = episode(SafetyRule.ABSOLUTE_LIMITS);
        this.belowMinimum = episode(SafetyRule.ABSOLUTE_LIMITS);
    }

    private RuleEpisode episode(SafetyRule rule) {
        return new RuleEpisode(rule, ObservedAirco.NODE, findings);
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.Booted) {
            findings.tested(SafetyRule.OFF_MEANS_OFF);
            silenceReported = false;
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (airco.hasChanged(now)) {
            check(now);
        }
        if (next >= noReadingAt && !noReadingTested) {
            noReadingTested = true;
            findings.tested(airco.room().everValid() ? SafetyRule.FRESH_READINGS : SafetyRule.OFF_MEANS_OFF);
        }
        if (next > airco.firstPublishDueAt() && !airco.hasPublishedAll() && !silenceReported) {
            silenceReported = true;
            findings.broken(
                    SafetyRule.STATE_MATCHES_OUTPUTS,
                    airco.firstPublishDueAt(),
                    ObservedAirco.NODE,
                    "it has not published its state");
        }
        if (next > noReadingAt && !noReadingReported) {
            noReadingReported = true;
            boolean ever = airco.room().everValid();
            String what = activeOutputs() + " is on without a "
                    + (ever ? "fresh valid reading" : "valid reading since the boot");
            findings.broken(
                    ever ? SafetyRule.FRESH_READINGS : SafetyRule.OFF_MEANS_OFF,
                    Math.max(now, noReadingAt),
                    ObservedAirco.NODE,
                    what);
        }
    }

    private void check(long now) {
        boolean on = airco.heat().on() || airco.cool().on();
        noReadingAt = on ? Math.max(now, airco.room().validUntil()) : NEVER;
        noReadingReported &= on;
        noReadingTested &= on;
        if (airco.hasPublishedAll()) {
            actionMatches(now);
            checkMode(now);
            checkLimits(now);
        }
    }

    private void actionMatches(long now) {
        boolean heats = airco.action().equals("heating");
        boolean cools = airco.action().equals("cooling");
        boolean other = heats != airco.heat().on() || cools != airco.cool().on();
        actionMatches.update(
                now,
                heats || cools || other,
                other,
                () -> "the published action is " + airco.action() + ", but " + activeOutputs() + " is on");
    }

    private void checkMode(long now) {
        boolean heats = airco.heat().on();
        boolean cools = airco.cool().on();
        boolean faulty = airco.fault().equals(ObservedAirco.LATCHED);
        latched.update(now, faulty, heats || cools, () -> activeOutputs() + " is on with a latched fault");
        boolean heatOff = !airco.allows(true);
        heatForbidden.update(
                now, heatOff, heats && !mayBeFrostProtection(now), () -> "heat is on in mode " + airco.mode());
        coolForbidden.update(now, !airco.allows(false), cools, () -> "cool is on in mode " + airco.mode());
    }

    private boolean mayBeFrostProtection(long now) {
        ObservedRoom room = airco.room();
        return room.hasNoValidReading(now)
                || !airco.isAboveFrost(room.preferredSensor(now).newestC());
    }

    private void checkLimits(long now) {
        ObservedRoom room = airco.room();
        boolean known = !room.hasNoValidReading(now);
        double hottest = room.hottestC(now);
        double coldest = room.coldestC(now);
        boolean hot = known && hottest >= limits.absoluteMaxC();
        boolean cold = known && coldest <= limits.absoluteMinC();
        aboveMaximum.update(
                now, hot, airco.heat().on(), () -> String.format(Locale.ROOT, "heat is on at %.2f °C", hottest));
        belowMinimum.update(
                now, cold, airco.cool().on(), () -> String.format(Locale.ROOT, "cool is on at %.2f °C", coldest));
    }

    private String activeOutputs() {
        return airco.heat().on()
                ? airco.cool().on() ? "heat and cool" : "heat"
                : airco.cool().on() ? "cool" : "nothing";
    }
}
