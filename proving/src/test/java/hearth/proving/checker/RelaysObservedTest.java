package hearth.proving.checker;

import static hearth.proving.checker.Timeline.COOL;
import static hearth.proving.checker.Timeline.HEAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The airco's relays: rules 1 to 6, 8, 9, and the band. */
class RelaysObservedTest {

    /** On lawfully at 18 °C, ten minutes after the boot. */
    private static Timeline heating() {
        return Timeline.ofAnAirco()
                .at("1s")
                .reads(19.0, "9m31s")
                .at("10m1s")
                .reads(18.0)
                .heat(true);
    }

    /** On lawfully at 22 °C, ten minutes after the boot. */
    private static Timeline cooling() {
        return Timeline.ofAnAirco()
                .at("1s")
                .reads(21.0, "9m31s")
                .at("10m1s")
                .reads(22.0)
                .cool(true);
    }

    @Test
    void aRunFromTheEdgeOfTheBandToTheTargetIsLawful() {
        Timeline heated =
                heating().reads(18.0, "14m31s").at("15m1s").reads(20.0).heat(false);
        Timeline cooled =
                cooling().reads(22.0, "14m31s").at("15m1s").reads(20.0).cool(false);

        assertThat(heated.broken()).isEmpty();
        assertThat(cooled.broken()).isEmpty();
        assertThat(heated.tested(Rule.BAND)).isPositive();
        assertThat(cooled.tested(Rule.BAND)).isPositive();
    }

    @Test
    void theBandBeginsExactlyAtItsEdge() {
        Timeline coldAndOff = Timeline.ofAnAirco().at("1s").reads(18.0, "12m");
        Timeline warmAndOff = Timeline.ofAnAirco().at("1s").reads(22.0, "12m");
        Timeline within = Timeline.ofAnAirco().at("1s").reads(18.0625, "12m");

        assertThat(coldAndOff.broken()).containsExactly(Rule.BAND);
        assertThat(warmAndOff.broken()).containsExactly(Rule.BAND);
        assertThat(within.broken()).isEmpty();
    }

    @Test
    void theOtherNodesSensorGoesBeforeItsOwn() {
        Timeline airco = Timeline.ofAnAirco();
        for (int s = 1; s < 800; s += 30) {
            airco.at(s + "s").reads(17.0);
            airco.at(s + ".5s").hears("sensor/temperature", "19.00");
        }
        assertThat(airco.broken()).isEmpty();

        airco.at("14m").reads(17.0, "16m"); // The other has fallen silent.
        assertThat(airco.broken()).containsExactly(Rule.BAND);
    }

    @Test
    void nothingIsAskedOfItInAModeThatDoesNotAllowIt() {
        Timeline airco = Timeline.of("airco")
                .boot(Map.of("mode", "cool"))
                .settled("20.0", "cool", "home")
                .at("1s")
                .reads(15.0, "20m");
        Timeline away = Timeline.of("airco").boot().settled("20.0", "heat_cool", "home");
        away.hears("airco/preset/set", "away").says("preset", "away").at("1s").reads(14.5, "20m");

        assertThat(airco.broken()).isEmpty();
        assertThat(away.broken()).isEmpty();
    }

    @Test
    void heatingBeyondTheTargetIsFound() {
        assertThat(heating().reads(18.0, "14m31s").at("15m1s").reads(20.0).broken())
                .containsExactly(Rule.BAND);
    }

    @Test
    void theShortestRunGoesOnBeyondTheTarget() {
        Timeline airco = heating()
                .at("10m31s")
                .reads(20.0)
                .at("11m1s")
                .reads(20.0)
                .at("11m31s")
                .reads(20.0);
        assertThat(airco.at("12m1s").heat(false).broken()).isEmpty();
        assertThat(airco.tested(Rule.BAND)).isPositive();
    }

    @Test
    void aRunThatIsTooShortIsFound() {
        assertThat(heating().at("10m31s").reads(20.0).heat(false).broken()).containsExactly(Rule.SWITCHINGS);
    }

    @Test
    void aRunMayBeCutShortForACause() {
        Timeline hot = heating().at("10m31s").reads(35.0).heat(false);
        Timeline nonsense = heating().at("10m31s").reads(85.0).heat(false);
        Timeline ordered = heating()
                .at("10m31s")
                .hears("airco/mode/set", "off")
                .drives(HEAT, false)
                .says("mode", "off")
                .says("action", "off");

        assertThat(hot.broken()).isEmpty();
        assertThat(nonsense.broken()).isEmpty();
        assertThat(ordered.broken()).isEmpty();
    }

    @Test
    void heatingWithinTheBandIsFound() {
        Timeline airco = Timeline.ofAnAirco().at("1s").reads(19.0, "10m1s").heat(true);
        assertThat(airco.broken()).containsExactly(Rule.BAND);
    }

    @Test
    void theModeCountsForWhatGoesOnToo() {
        Timeline off =
                Timeline.of("airco").boot().hears("airco/mode/set", "off").settled("20.0", "off", "home");
        off.at("1s").reads(7.5, "9m31s").at("10m1s").reads(7.5).heat(true);

        assertThat(off.broken()).containsExactly(Rule.BAND); // Neither frost nor allowed.
    }

    @Test
    void aSettingThatChangesExcusesOnlyWhatItAsksFor() {
        Timeline lawful = Timeline.ofAnAirco().at("1s").reads(19.0, "10m1s").hears("airco/target/set", "21");
        Timeline unlawful = Timeline.ofAnAirco().at("1s").reads(19.0, "10m1s").hears("airco/target/set", "20.5");

        assertThat(lawful.drives(HEAT, true)
                        .says("target", "21.0")
                        .says("action", "heating")
                        .broken())
                .isEmpty();
        assertThat(unlawful.drives(HEAT, true)
                        .says("target", "20.5")
                        .says("action", "heating")
                        .broken())
                .containsExactly(Rule.BAND);
    }

    @Test
    void twoReadingsInOneInstantExcuseNothing() {
        Timeline airco = Timeline.ofAnAirco().at("1s").reads(19.0, "10m1s").reads(19.0);
        assertThat(airco.heat(true).broken()).containsExactly(Rule.BAND);
    }

    @Test
    void itGoesOnAsSoonAsItHasRested() {
        Timeline airco = heating().reads(18.0, "14m31s").at("15m1s").reads(20.0).heat(false);
        airco.at("15m31s").reads(18.0, "20m1s");
        assertThat(airco.broken()).isEmpty();
        assertThat(airco.at("20m3s").broken()).containsExactly(Rule.BAND);
    }

    @Test
    void aRuleCountsAsTestedWhereSomebodyAsksForWhatItForbids() {
        Timeline calm = heating().reads(18.0, "14m31s").at("15m1s").reads(20.0).heat(false);
        assertThat(calm.tested(Rule.REST)).isEqualTo(0);
        assertThat(calm.tested(Rule.NEVER_BOTH)).isEqualTo(0);
        assertThat(calm.tested(Rule.SWITCHINGS)).isEqualTo(0);
        assertThat(calm.tested(Rule.FRESH_READINGS)).isEqualTo(0);

        calm.at("15m31s").reads(18.0).reads(18.0, "16m31s");
        assertThat(calm.tested(Rule.REST)).isEqualTo(1);
        assertThat(calm.tested(Rule.SWITCHINGS)).isEqualTo(1);
    }

    @Test
    void anAircoThatDoesNotSayWhatItIsIsFound() {
        Timeline silent = Timeline.of("airco").boot().says("target", "20.0").says("mode", "heat_cool");
        assertThat(silent.at("1s").broken()).isEmpty();
        assertThat(silent.at("3s").broken()).containsExactly(Rule.SAID_IS_DONE);
    }

    @Test
    void bothTogetherAreFoundEvenForAnInstant() {
        Timeline airco =
                heating().at("15m1s").reads(22.0).drives(COOL, true).heat(false).says("action", "cooling");
        assertThat(airco.broken()).contains(Rule.NEVER_BOTH);
    }

    @Test
    void theDeadTimeLiesBetweenThem() {
        Timeline tooSoon =
                heating().reads(18.0, "14m31s").at("15m1s").reads(22.0).heat(false);
        tooSoon.at("15m30s").cool(true);
        Timeline inTime =
                heating().reads(18.0, "14m31s").at("15m1s").reads(22.0).heat(false);
        inTime.at("15m31s").reads(22.0).cool(true);

        assertThat(tooSoon.broken()).containsExactly(Rule.NEVER_BOTH);
        assertThat(inTime.broken()).isEmpty();
        assertThat(inTime.tested(Rule.NEVER_BOTH)).isEqualTo(2);
    }

    @Test
    void withoutAReadingYoungEnoughItMustGoOff() {
        assertThat(heating().at("11m31s").heat(false).broken()).isEmpty();
        assertThat(heating().at("11m31.001s").heat(false).broken()).containsExactly(Rule.FRESH_READINGS);
    }

    @Test
    void aRetainedReadingIsAsOldAsItSays() {
        Timeline airco = heating().at("11m").hearsRetained("sensor/temperature", "18.00", 90, 20);
        airco.at("11m31s").heat(false);
        Timeline trusting = heating().at("11m20s").hearsRetained("sensor/temperature", "18.00", 90, 20);
        trusting.at("12m").heat(false);
        Timeline ageless = heating().at("11m20s").hearsRetained("sensor/temperature", "18.00", -1, -1);
        ageless.at("12m").heat(false);

        assertThat(airco.broken()).isEmpty();
        assertThat(trusting.broken()).containsExactly(Rule.FRESH_READINGS);
        assertThat(ageless.broken()).containsExactly(Rule.FRESH_READINGS);
    }

    @Test
    void aLoneOutlierSwitchesNothingOn() {
        Timeline first = Timeline.ofAnAirco().at("10m1s").reads(17.0).heat(true);
        Timeline second = Timeline.ofAnAirco()
                .at("9m31s")
                .reads(17.0)
                .at("10m1s")
                .reads(17.0)
                .heat(true);
        Timeline jump = Timeline.ofAnAirco()
                .at("1s")
                .reads(20.0, "9m31s")
                .at("10m1s")
                .reads(2.0)
                .heat(true);

        assertThat(first.broken()).containsExactly(Rule.FRESH_READINGS);
        assertThat(second.broken()).isEmpty();
        assertThat(jump.broken()).containsExactly(Rule.BAND);
    }

    @Test
    void offMeansOff() {
        Timeline still = heating().at("10m31s").hears("airco/mode/set", "off").says("mode", "off");
        Timeline latched = heating().at("10m31s").says("fault", "no-response-latched");
        Timeline blind = Timeline.ofAnAirco().at("10m").heat(true);

        assertThat(still.broken()).containsExactly(Rule.OFF_MEANS_OFF);
        assertThat(latched.broken()).containsExactly(Rule.OFF_MEANS_OFF);
        assertThat(blind.broken()).containsExactly(Rule.OFF_MEANS_OFF);
    }

    @Test
    void frostIsHeatedAgainstInAnyMode() {
        Timeline off =
                Timeline.of("airco").boot().hears("airco/mode/set", "off").settled("20.0", "off", "home");
        off.at("1s")
                .reads(7.5, "9m31s")
                .at("10m1s")
                .reads(7.0)
                .heat(true)
                .at("10m31s")
                .reads(7.9);
        assertThat(off.broken()).isEmpty();
        assertThat(off.at("11m1s").reads(8.0).broken()).containsExactly(Rule.OFF_MEANS_OFF);

        Timeline freezing =
                Timeline.of("airco").boot().hears("airco/mode/set", "off").settled("20.0", "off", "home");
        assertThat(freezing.at("1s").reads(7.0, "12m").broken()).containsExactly(Rule.LIMITS);
    }

    @Test
    void inModeOffFrostsEndEndsItsRunHoweverShortItWas() {
        Timeline off =
                Timeline.of("airco").boot().hears("airco/mode/set", "off").settled("20.0", "off", "home");
        off.at("1s").reads(7.5, "9m31s").at("10m1s").reads(7.0).heat(true).at("10m31s");

        assertThat(off.reads(16.0).heat(false).broken()).isEmpty();
    }

    @Test
    void aBootCountsAsASwitchOff() {
        Timeline tooSoon =
                Timeline.ofAnAirco().at("1s").reads(17.0, "4m31s").at("4m59s").heat(true);
        Timeline inTime =
                Timeline.ofAnAirco().at("1s").reads(17.0, "4m31s").at("5m").heat(true);

        assertThat(tooSoon.broken()).containsExactly(Rule.REST);
        assertThat(inTime.broken()).isEmpty();
    }

    @Test
    void itRestsBetweenRuns() {
        Timeline airco = heating().reads(18.0, "14m31s").at("15m1s").reads(20.0).heat(false);
        airco.at("15m31s").reads(18.0, "19m31s").at("20m").heat(true);
        assertThat(airco.broken()).containsExactly(Rule.REST);
    }

    @Test
    void aRefusalIsRestedFromToo() {
        Timeline airco = Timeline.ofAnAirco().at("1s").reads(17.0, "5m1s").refuses(HEAT);
        airco.reads(17.0, "9m31s").at("10m").heat(true);
        assertThat(airco.broken()).containsExactly(Rule.REST);
    }

    @Test
    void noRunIsTooLong() {
        Timeline exact =
                heating().reads(18.0, "4h9m31s").at("4h10m1s").reads(18.0).heat(false);
        Timeline late = heating().reads(18.0, "4h9m31s").at("4h10m2s").heat(false);

        assertThat(exact.broken()).isEmpty();
        assertThat(late.broken()).containsExactly(Rule.MAX_ON);
    }

    @Test
    void theLongestRunIsFollowedByTenMinutesRest() {
        Timeline tooSoon = heating().reads(18.0, "4h9m31s").at("4h10m1s").heat(false);
        tooSoon.reads(18.0, "4h19m31s").at("4h20m").heat(true);
        Timeline inTime = heating().reads(18.0, "4h9m31s").at("4h10m1s").heat(false);
        inTime.reads(18.0, "4h19m31s").at("4h20m1s").heat(true);

        assertThat(tooSoon.broken()).containsExactly(Rule.MAX_ON);
        assertThat(inTime.broken()).isEmpty();
    }

    @Test
    void farTooHotNothingHeatsAndFarTooColdNothingCools() {
        assertThat(heating().at("10m31s").reads(36.0).says("fault", "x").broken())
                .contains(Rule.LIMITS);
        assertThat(cooling().at("10m31s").reads(10.0).says("fault", "x").broken())
                .contains(Rule.LIMITS);
        assertThat(heating().at("10m31s").reads(36.0).heat(false).broken()).isEmpty();
    }

    @Test
    void whatIsSaidIsWhatIs() {
        Timeline wish =
                Timeline.ofAnAirco().at("1s").reads(17.0, "5m1s").refuses(HEAT).says("action", "heating");
        Timeline secret = Timeline.ofAnAirco().at("1s").reads(17.0, "5m1s").drives(HEAT, true);
        Timeline betweenTurns = Timeline.ofAnAirco()
                .at("1s")
                .reads(17.0, "5m1s")
                .says("action", "heating")
                .heat(true);

        assertThat(wish.broken()).containsExactly(Rule.SAID_IS_DONE);
        assertThat(secret.broken()).containsExactly(Rule.SAID_IS_DONE);
        assertThat(betweenTurns.broken()).isEmpty();
    }

    @Test
    void switchingsAnHourAreBounded() {
        Timeline airco = Timeline.ofAnAirco().at("1s").reads(17.0, "9m31s");
        for (int minute = 10; minute < 70; minute += 4) {
            airco.at(minute + "m1s")
                    .reads(17.0)
                    .heat(true)
                    .at(minute + 2 + "m1s")
                    .reads(20.0)
                    .heat(false);
        }
        assertThat(airco.broken()).contains(Rule.SWITCHINGS, Rule.REST);
    }
}
