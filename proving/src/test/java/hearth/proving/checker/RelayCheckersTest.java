package hearth.proving.checker;

import static hearth.proving.checker.Timeline.COOL;
import static hearth.proving.checker.Timeline.HEAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules 1 to 6, 8 and 9, and the band, for the relays of the airco. */
class RelayCheckersTest {

    /** Heating at 18 °C, as allowed, ten minutes after the boot. */
    private static Timeline heating() {
        return Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(19.0, "9m31s")
                .at("10m1s")
                .readsSensor(18.0)
                .heat(true);
    }

    /** Cooling at 22 °C, as allowed, ten minutes after the boot. */
    private static Timeline cooling() {
        return Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(21.0, "9m31s")
                .at("10m1s")
                .readsSensor(22.0)
                .cool(true);
    }

    @Test
    void aPeriodFromTheEdgeOfTheBandToTheTargetIsAllowed() {
        Timeline heated = heating()
                .readsSensor(18.0, "14m31s")
                .at("15m1s")
                .readsSensor(20.0)
                .heat(false);
        Timeline cooled = cooling()
                .readsSensor(22.0, "14m31s")
                .at("15m1s")
                .readsSensor(20.0)
                .cool(false);

        assertThat(heated.broken()).isEmpty();
        assertThat(cooled.broken()).isEmpty();
        assertThat(heated.tested(SafetyRule.TEMPERATURE_BAND)).isPositive();
        assertThat(cooled.tested(SafetyRule.TEMPERATURE_BAND)).isPositive();
    }

    @Test
    void theBandBeginsExactlyAtItsEdge() {
        Timeline coldAndOff = Timeline.ofAnAirco().at("1s").readsSensor(18.0, "12m");
        Timeline warmAndOff = Timeline.ofAnAirco().at("1s").readsSensor(22.0, "12m");
        Timeline within = Timeline.ofAnAirco().at("1s").readsSensor(18.0625, "12m");

        assertThat(coldAndOff.broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
        assertThat(warmAndOff.broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
        assertThat(within.broken()).isEmpty();
    }

    @Test
    void theRemoteSensorIsUsedBeforeTheLocalOne() {
        Timeline airco = Timeline.ofAnAirco();
        for (int s = 1; s < 800; s += 30) {
            airco.at(s + "s").readsSensor(17.0);
            airco.at(s + ".5s").receives("sensor/temperature", "19.00");
        }
        assertThat(airco.broken()).isEmpty();

        airco.at("14m").readsSensor(17.0, "16m"); // The remote sensor is silent now.
        assertThat(airco.broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void noPeriodIsRequiredInAModeThatDoesNotAllowIt() {
        Timeline airco = Timeline.of("airco")
                .boot(Map.of("mode", "cool"))
                .publishesSettings("20.0", "cool", "home")
                .at("1s")
                .readsSensor(15.0, "20m");
        Timeline away = Timeline.of("airco").boot().publishesSettings("20.0", "heat_cool", "home");
        away.receives("airco/preset/set", "away")
                .publishes("preset", "away")
                .at("1s")
                .readsSensor(14.5, "20m");

        assertThat(airco.broken()).isEmpty();
        assertThat(away.broken()).isEmpty();
    }

    @Test
    void heatingBeyondTheTargetIsDetected() {
        assertThat(heating()
                        .readsSensor(18.0, "14m31s")
                        .at("15m1s")
                        .readsSensor(20.0)
                        .broken())
                .containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void theMinimumTimeOnMayContinueBeyondTheTarget() {
        Timeline airco = heating()
                .at("10m31s")
                .readsSensor(20.0)
                .at("11m1s")
                .readsSensor(20.0)
                .at("11m31s")
                .readsSensor(20.0);
        assertThat(airco.at("12m1s").heat(false).broken()).isEmpty();
        assertThat(airco.tested(SafetyRule.TEMPERATURE_BAND)).isPositive();
    }

    @Test
    void aPeriodThatIsTooShortIsDetected() {
        assertThat(heating().at("10m31s").readsSensor(20.0).heat(false).broken())
                .containsExactly(SafetyRule.SWITCHING_RATE);
    }

    @Test
    void aCauseMayEndAPeriodEarly() {
        Timeline hot = heating().at("10m31s").readsSensor(35.0).heat(false);
        Timeline implausible = heating().at("10m31s").readsSensor(85.0).heat(false);
        Timeline commanded = heating()
                .at("10m31s")
                .receives("airco/mode/set", "off")
                .drives(HEAT, false)
                .publishes("mode", "off")
                .publishes("action", "off");

        assertThat(hot.broken()).isEmpty();
        assertThat(implausible.broken()).isEmpty();
        assertThat(commanded.broken()).isEmpty();
    }

    @Test
    void heatingWithinTheBandIsDetected() {
        Timeline airco =
                Timeline.ofAnAirco().at("1s").readsSensor(19.0, "10m1s").heat(true);
        assertThat(airco.broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void aSwitchOnInAForbiddenModeIsDetected() {
        Timeline off =
                Timeline.of("airco").boot().receives("airco/mode/set", "off").publishesSettings("20.0", "off", "home");
        off.at("1s").readsSensor(7.5, "9m31s").at("10m1s").readsSensor(7.5).heat(true);

        assertThat(off.broken()).containsExactly(SafetyRule.TEMPERATURE_BAND); // No frost, and heating is not allowed.
    }

    @Test
    void aChangedSettingAllowsOnlyThePeriodItRequires() {
        Timeline allowed =
                Timeline.ofAnAirco().at("1s").readsSensor(19.0, "10m1s").receives("airco/target/set", "21");
        Timeline forbidden =
                Timeline.ofAnAirco().at("1s").readsSensor(19.0, "10m1s").receives("airco/target/set", "20.5");

        assertThat(allowed.drives(HEAT, true)
                        .publishes("target", "21.0")
                        .publishes("action", "heating")
                        .broken())
                .isEmpty();
        assertThat(forbidden
                        .drives(HEAT, true)
                        .publishes("target", "20.5")
                        .publishes("action", "heating")
                        .broken())
                .containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void twoReadingsInOneInstantDoNotHideAViolation() {
        Timeline airco =
                Timeline.ofAnAirco().at("1s").readsSensor(19.0, "10m1s").readsSensor(19.0);
        assertThat(airco.heat(true).broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void aLateSwitchOnAfterTheMinimumPauseIsDetected() {
        Timeline airco = heating()
                .readsSensor(18.0, "14m31s")
                .at("15m1s")
                .readsSensor(20.0)
                .heat(false);
        airco.at("15m31s").readsSensor(18.0, "20m1s");
        assertThat(airco.broken()).isEmpty();
        assertThat(airco.at("20m3s").broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void aRuleCountsAsTestedWhenADemandIsForbiddenByIt() {
        Timeline undemanded = heating()
                .readsSensor(18.0, "14m31s")
                .at("15m1s")
                .readsSensor(20.0)
                .heat(false);
        assertThat(undemanded.tested(SafetyRule.MINIMUM_PAUSE)).isEqualTo(0);
        assertThat(undemanded.tested(SafetyRule.HEAT_COOL_EXCLUSIVE)).isEqualTo(0);
        assertThat(undemanded.tested(SafetyRule.SWITCHING_RATE)).isEqualTo(0);
        assertThat(undemanded.tested(SafetyRule.FRESH_READINGS)).isEqualTo(0);

        undemanded.at("15m31s").readsSensor(18.0).readsSensor(18.0, "16m31s");
        assertThat(undemanded.tested(SafetyRule.MINIMUM_PAUSE)).isEqualTo(1);
        assertThat(undemanded.tested(SafetyRule.SWITCHING_RATE)).isEqualTo(1);
    }

    @Test
    void anAircoThatDoesNotPublishItsStateIsDetected() {
        Timeline silent =
                Timeline.of("airco").boot().publishes("target", "20.0").publishes("mode", "heat_cool");
        assertThat(silent.at("1s").broken()).isEmpty();
        assertThat(silent.at("3s").broken()).containsExactly(SafetyRule.STATE_MATCHES_OUTPUTS);
    }

    @Test
    void bothRelaysOnForAnInstantAreDetected() {
        Timeline airco = heating()
                .at("15m1s")
                .readsSensor(22.0)
                .drives(COOL, true)
                .heat(false)
                .publishes("action", "cooling");
        assertThat(airco.broken()).contains(SafetyRule.HEAT_COOL_EXCLUSIVE);
    }

    @Test
    void aMissingDeadTimeIsDetected() {
        Timeline tooSoon = heating()
                .readsSensor(18.0, "14m31s")
                .at("15m1s")
                .readsSensor(22.0)
                .heat(false);
        tooSoon.at("15m30s").cool(true);
        Timeline inTime = heating()
                .readsSensor(18.0, "14m31s")
                .at("15m1s")
                .readsSensor(22.0)
                .heat(false);
        inTime.at("15m31s").readsSensor(22.0).cool(true);

        assertThat(tooSoon.broken()).containsExactly(SafetyRule.HEAT_COOL_EXCLUSIVE);
        assertThat(inTime.broken()).isEmpty();
        assertThat(inTime.tested(SafetyRule.HEAT_COOL_EXCLUSIVE)).isEqualTo(2);
    }

    @Test
    void heatingWithoutAFreshReadingIsDetected() {
        assertThat(heating().at("11m31s").heat(false).broken()).isEmpty();
        assertThat(heating().at("11m31.001s").heat(false).broken()).containsExactly(SafetyRule.FRESH_READINGS);
    }

    @Test
    void aRetainedReadingCountsWithItsAge() {
        Timeline airco = heating().at("11m").receivesRetained("sensor/temperature", "18.00", 90, 20);
        airco.at("11m31s").heat(false);
        Timeline trusting = heating().at("11m20s").receivesRetained("sensor/temperature", "18.00", 90, 20);
        trusting.at("12m").heat(false);
        Timeline ageless = heating().at("11m20s").receivesRetained("sensor/temperature", "18.00", -1, -1);
        ageless.at("12m").heat(false);

        assertThat(airco.broken()).isEmpty();
        assertThat(trusting.broken()).containsExactly(SafetyRule.FRESH_READINGS);
        assertThat(ageless.broken()).containsExactly(SafetyRule.FRESH_READINGS);
    }

    @Test
    void aSwitchOnAfterASingleOutlierIsDetected() {
        Timeline first = Timeline.ofAnAirco().at("10m1s").readsSensor(17.0).heat(true);
        Timeline second = Timeline.ofAnAirco()
                .at("9m31s")
                .readsSensor(17.0)
                .at("10m1s")
                .readsSensor(17.0)
                .heat(true);
        Timeline jump = Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(20.0, "9m31s")
                .at("10m1s")
                .readsSensor(2.0)
                .heat(true);

        assertThat(first.broken()).containsExactly(SafetyRule.FRESH_READINGS);
        assertThat(second.broken()).isEmpty();
        assertThat(jump.broken()).containsExactly(SafetyRule.TEMPERATURE_BAND);
    }

    @Test
    void offMeansOff() {
        Timeline still =
                heating().at("10m31s").receives("airco/mode/set", "off").publishes("mode", "off");
        Timeline latched = heating().at("10m31s").publishes("fault", "no-response-latched");
        Timeline withoutReading = Timeline.ofAnAirco().at("10m").heat(true);

        assertThat(still.broken()).containsExactly(SafetyRule.OFF_MEANS_OFF);
        assertThat(latched.broken()).containsExactly(SafetyRule.OFF_MEANS_OFF);
        assertThat(withoutReading.broken()).containsExactly(SafetyRule.OFF_MEANS_OFF);
    }

    @Test
    void missingFrostProtectionIsDetectedInAnyMode() {
        Timeline off =
                Timeline.of("airco").boot().receives("airco/mode/set", "off").publishesSettings("20.0", "off", "home");
        off.at("1s")
                .readsSensor(7.5, "9m31s")
                .at("10m1s")
                .readsSensor(7.0)
                .heat(true)
                .at("10m31s")
                .readsSensor(7.9);
        assertThat(off.broken()).isEmpty();
        assertThat(off.at("11m1s").readsSensor(8.0).broken()).containsExactly(SafetyRule.OFF_MEANS_OFF);

        Timeline freezing =
                Timeline.of("airco").boot().receives("airco/mode/set", "off").publishesSettings("20.0", "off", "home");
        assertThat(freezing.at("1s").readsSensor(7.0, "12m").broken()).containsExactly(SafetyRule.ABSOLUTE_LIMITS);
    }

    @Test
    void inModeOffTheEndOfFrostEndsTheHeatingAtOnce() {
        Timeline off =
                Timeline.of("airco").boot().receives("airco/mode/set", "off").publishesSettings("20.0", "off", "home");
        off.at("1s")
                .readsSensor(7.5, "9m31s")
                .at("10m1s")
                .readsSensor(7.0)
                .heat(true)
                .at("10m31s");

        assertThat(off.readsSensor(16.0).heat(false).broken()).isEmpty();
    }

    @Test
    void aBootCountsAsASwitchOff() {
        Timeline tooSoon = Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(17.0, "4m31s")
                .at("4m59s")
                .heat(true);
        Timeline inTime = Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(17.0, "4m31s")
                .at("5m")
                .heat(true);

        assertThat(tooSoon.broken()).containsExactly(SafetyRule.MINIMUM_PAUSE);
        assertThat(inTime.broken()).isEmpty();
    }

    @Test
    void aMissingMinimumPauseIsDetected() {
        Timeline airco = heating()
                .readsSensor(18.0, "14m31s")
                .at("15m1s")
                .readsSensor(20.0)
                .heat(false);
        airco.at("15m31s").readsSensor(18.0, "19m31s").at("20m").heat(true);
        assertThat(airco.broken()).containsExactly(SafetyRule.MINIMUM_PAUSE);
    }

    @Test
    void aMissingPauseAfterAFailedSwitchOnIsDetected() {
        Timeline airco = Timeline.ofAnAirco().at("1s").readsSensor(17.0, "5m1s").failsToSwitchOn(HEAT);
        airco.readsSensor(17.0, "9m31s").at("10m").heat(true);
        assertThat(airco.broken()).containsExactly(SafetyRule.MINIMUM_PAUSE);
    }

    @Test
    void aPeriodThatIsTooLongIsDetected() {
        Timeline exact = heating()
                .readsSensor(18.0, "4h9m31s")
                .at("4h10m1s")
                .readsSensor(18.0)
                .heat(false);
        Timeline late = heating().readsSensor(18.0, "4h9m31s").at("4h10m2s").heat(false);

        assertThat(exact.broken()).isEmpty();
        assertThat(late.broken()).containsExactly(SafetyRule.MAX_ON);
    }

    @Test
    void aMissingPauseOfTenMinutesAfterTheMaximumIsDetected() {
        Timeline tooSoon = heating().readsSensor(18.0, "4h9m31s").at("4h10m1s").heat(false);
        tooSoon.readsSensor(18.0, "4h19m31s").at("4h20m").heat(true);
        Timeline inTime = heating().readsSensor(18.0, "4h9m31s").at("4h10m1s").heat(false);
        inTime.readsSensor(18.0, "4h19m31s").at("4h20m1s").heat(true);

        assertThat(tooSoon.broken()).containsExactly(SafetyRule.MAX_ON);
        assertThat(inTime.broken()).isEmpty();
    }

    @Test
    void heatingAboveAndCoolingBelowTheAbsoluteLimitsAreDetected() {
        assertThat(heating()
                        .at("10m31s")
                        .readsSensor(36.0)
                        .publishes("fault", "x")
                        .broken())
                .contains(SafetyRule.ABSOLUTE_LIMITS);
        assertThat(cooling()
                        .at("10m31s")
                        .readsSensor(10.0)
                        .publishes("fault", "x")
                        .broken())
                .contains(SafetyRule.ABSOLUTE_LIMITS);
        assertThat(heating().at("10m31s").readsSensor(36.0).heat(false).broken())
                .isEmpty();
    }

    @Test
    void aPublishedActionThatDiffersFromTheRelaysIsDetected() {
        Timeline failed = Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(17.0, "5m1s")
                .failsToSwitchOn(HEAT)
                .publishes("action", "heating");
        Timeline unpublished =
                Timeline.ofAnAirco().at("1s").readsSensor(17.0, "5m1s").drives(HEAT, true);
        Timeline betweenPasses = Timeline.ofAnAirco()
                .at("1s")
                .readsSensor(17.0, "5m1s")
                .publishes("action", "heating")
                .heat(true);

        assertThat(failed.broken()).containsExactly(SafetyRule.STATE_MATCHES_OUTPUTS);
        assertThat(unpublished.broken()).containsExactly(SafetyRule.STATE_MATCHES_OUTPUTS);
        assertThat(betweenPasses.broken()).isEmpty();
    }

    @Test
    void tooManySwitchingsPerHourAreDetected() {
        Timeline airco = Timeline.ofAnAirco().at("1s").readsSensor(17.0, "9m31s");
        for (int minute = 10; minute < 70; minute += 4) {
            airco.at(minute + "m1s")
                    .readsSensor(17.0)
                    .heat(true)
                    .at(minute + 2 + "m1s")
                    .readsSensor(20.0)
                    .heat(false);
        }
        assertThat(airco.broken()).contains(SafetyRule.SWITCHING_RATE, SafetyRule.MINIMUM_PAUSE);
    }
}
