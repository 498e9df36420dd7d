package hearth.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules 7, 13, 15 and 17: commands, faults and answers. */
class CommandCheckersTest {

    private static final String TARGET_21 = "{\"id\":\"a1\",\"value\":21.0}";

    private static Timeline airco() {
        return Timeline.ofAnAirco().at("1m");
    }

    @Test
    void aValidCommandMayHaveAnEffect() {
        Timeline plain = airco().receives("airco/target/set", "21").publishes("target", "21.0");
        Timeline named = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .publishesResult("a1", "done");
        Timeline mode = airco().receives("airco/mode/set", "{\"value\":\"off\",\"id\":\"m\"}");
        mode.publishes("mode", "off").publishes("action", "off").publishesResult("m", "done");

        assertThat(plain.broken()).isEmpty();
        assertThat(named.broken()).isEmpty();
        assertThat(mode.broken()).isEmpty();
        assertThat(named.tested(SafetyRule.VALID_COMMANDS_ONLY)).isEqualTo(1);
    }

    @Test
    void aSetPointOutOfBoundsOrBetweenStepsIsDetected() {
        for (String wrong : new String[] {"30.5", "4.5", "20.3", "NaN", ""}) {
            assertThat(airco().publishes("target", wrong).broken()).contains(SafetyRule.TARGET_IN_BOUNDS);
        }
        assertThat(airco().receives("airco/target/set", "30")
                        .publishes("target", "30.0")
                        .broken())
                .isEmpty();
    }

    @Test
    void aRetainedCommandWithAnEffectIsDetected() {
        Timeline airco = airco().receivesRetained("airco/target/set", "25.0", -1, -1);
        assertThat(airco.broken()).isEmpty();
        assertThat(airco.at("61s").publishes("target", "25.0").broken())
                .containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void anExpiredCommandWithAnEffectIsDetected() {
        Timeline expired = airco().receivesExpired("airco/mode/set", "off")
                .publishes("mode", "off")
                .publishes("action", "off");
        Timeline late = airco().receives("airco/mode/set", "off")
                .at("2m")
                .publishes("mode", "off")
                .publishes("action", "off");

        assertThat(expired.broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
        assertThat(late.broken()).containsExactly(SafetyRule.COMMANDS_OBEYED, SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void aRepeatedCommandWithAnEffectIsDetected() {
        Timeline airco = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .publishesResult("a1", "done");
        airco.at("2m").receives("airco/target/set", "20").publishes("target", "20.0");
        airco.at("3m").receives("airco/target/set", TARGET_21);
        assertThat(airco.broken()).isEmpty();

        assertThat(airco.at("181s").publishes("target", "21.0").broken())
                .containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void aRepeatAfterABootIsDetectedIfThereWasTimeToSaveTheCommand() {
        assertThat(repeatedAfterABoot("30s", true).broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
        assertThat(repeatedAfterABoot("2m", false).broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
        assertThat(repeatedAfterABoot("30s", false).broken()).isEmpty();
    }

    /** Target 21, target 20, a power cut after the wait, and the command with 21 again. */
    private static Timeline repeatedAfterABoot(String wait, boolean saved) {
        Timeline airco = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .publishesResult("a1", "done");
        airco.at("61s").receives("airco/target/set", "20").publishes("target", "20.0");
        if (saved) {
            airco.at("62s").savesAnything();
        }
        airco.after(Duration.parse("PT" + wait)).powerCut().after(Duration.ofSeconds(5));
        airco.boot().publishesSettings("20.0", "heat_cool", "home").after(Duration.ofSeconds(5));
        return airco.receives("airco/target/set", TARGET_21).publishes("target", "21.0");
    }

    @Test
    void aValidCommandWithoutAnEffectIsDetected() {
        Timeline ignored = airco().receives("airco/mode/set", "off");
        assertThat(ignored.tested(SafetyRule.COMMANDS_OBEYED)).isEqualTo(1);
        assertThat(ignored.at("62s").broken()).containsExactly(SafetyRule.COMMANDS_OBEYED);

        Timeline replaced = airco().receives("airco/mode/set", "off").receives("airco/mode/set", "heat_cool");
        Timeline retained = airco().receivesRetained("airco/mode/set", "off", -1, -1);
        Timeline invalid = airco().receives("airco/target/set", "20.3");
        assertThat(replaced.at("2m").broken()).isEmpty();
        assertThat(retained.at("2m").broken()).isEmpty();
        assertThat(invalid.at("2m").broken()).isEmpty();
    }

    @Test
    void aSettingLostByAPowerCutIsDetected() {
        assertThat(offAndCut("2m").boot().broken()).containsExactly(SafetyRule.COMMANDS_OBEYED);
        assertThat(offAndCut("30s").boot().broken()).isEmpty(); // It may not have been saved yet.
        assertThat(offAndCut("2m").bootWithLostState().broken()).isEmpty();
        Timeline kept = offAndCut("2m").boot(Map.of("mode", "off")).publishesSettings("20.0", "off", "home");
        assertThat(kept.broken()).isEmpty();
        assertThat(kept.tested(SafetyRule.COMMANDS_OBEYED)).isEqualTo(2);
    }

    private static Timeline offAndCut(String wait) {
        Timeline airco = airco().receives("airco/mode/set", "off")
                .publishes("mode", "off")
                .publishes("action", "off");
        return airco.after(Duration.parse("PT" + wait)).powerCut().after(Duration.ofSeconds(5));
    }

    @Test
    void aBootThatIgnoresItsSavedStateIsDetected() {
        Timeline airco =
                Timeline.of("airco").boot(Map.of("mode", "off")).publishesSettings("20.0", "heat_cool", "home");
        assertThat(airco.broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void anInvalidOrUnexpectedAnswerIsDetected() {
        Timeline invalid = airco().receives("airco/reset/set", "{\"id\":\"r\",\"value\":\"PRESS\"}");
        Timeline unexpected = airco().publishesResult("r", "done");
        Timeline retained = airco().receivesRetained("airco/reset/set", "{\"id\":\"r\",\"value\":\"PRESS\"}", -1, -1);

        assertThat(invalid.publishesResult("r", "perhaps").broken()).containsExactly(SafetyRule.EVERY_COMMAND_ANSWERED);
        assertThat(unexpected.broken()).containsExactly(SafetyRule.EVERY_COMMAND_ANSWERED);
        assertThat(retained.publishesResult("r", "done").broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void aLatchedFaultClearedWithoutAResetIsDetected() {
        Timeline cleared = airco().publishes("fault", "no-response-latched");
        assertThat(cleared.at("2m").publishes("fault", "none").broken()).containsExactly(SafetyRule.FAULTS_CLEAR);

        Timeline reset =
                airco().publishes("fault", "no-response-latched").at("2m").receives("airco/reset/set", "PRESS");
        assertThat(reset.publishes("fault", "none").broken()).isEmpty();

        Timeline retained = airco().publishes("fault", "no-response-latched").at("2m");
        retained.receivesRetained("airco/reset/set", "PRESS", -1, -1).publishes("fault", "none");
        assertThat(retained.broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
    }

    @Test
    void aLatchedFaultLostByAPowerCutIsDetected() {
        Timeline airco =
                airco().publishes("fault", "no-response-latched").at("5m").powerCut();
        airco.at("6m").boot().publishesSettings("20.0", "heat_cool", "home");
        assertThat(airco.broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
    }

    @Test
    void aFaultPublishedAfterItsCauseHasEndedIsDetected() {
        Timeline disk = airco().publishes("fault", "storage").at("2m").savesAnything();
        Timeline relay = airco().failsToSwitchOn(Timeline.HEAT).publishes("fault", "relay-heat");
        Timeline clock = Timeline.of("coffee")
                .boot()
                .publishes("fault", "clock-unsynced")
                .at("1m")
                .readsWallClock("12:01");
        Timeline silent =
                airco().readsSensor(19.0).publishes("fault", "source-silent").receives("sensor/temperature", "19.00");
        Timeline stuck = airco().readsSensor(19.0)
                .publishes("fault", "sensor-stuck")
                .at("90s")
                .readsSensor(19.0625);

        assertThat(disk.at("2m14s").broken()).isEmpty();
        assertThat(disk.at("2m16s").broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
        assertThat(relay.at("7m14s").broken()).isEmpty();
        assertThat(relay.at("7m16s").broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
        assertThat(clock.at("76s").broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
        assertThat(silent.at("76s").broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
        assertThat(stuck.at("106s").broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
    }

    @Test
    void aSecondChangeForOneCommandIsDetected() {
        Timeline airco = airco().receives("airco/target/set", "21").publishes("target", "21.0");
        airco.at("70s")
                .receives("airco/target/set", "20")
                .publishes("target", "20.0")
                .publishes("target", "21.0");
        assertThat(airco.broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void aBootMayRestoreOnlyTheSavedState() {
        Timeline allowed =
                Timeline.of("airco").boot(Map.of("target", "22.5")).publishesSettings("22.5", "heat_cool", "home");
        Timeline forbidden =
                Timeline.of("airco").boot(Map.of("target", "22.5")).publishesSettings("23.5", "heat_cool", "home");

        assertThat(allowed.broken()).isEmpty();
        assertThat(forbidden.broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void aMissingOrRepeatedAnswerIsDetected() {
        Timeline never = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .at("5m");
        Timeline once = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .publishesResult("a1", "done");
        Timeline twice = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .publishesResult("a1", "done")
                .publishesResult("a1", "done");

        assertThat(once.at("5m").broken()).isEmpty();
        assertThat(once.tested(SafetyRule.EVERY_COMMAND_ANSWERED)).isEqualTo(1);
        assertThat(never.broken()).containsExactly(SafetyRule.EVERY_COMMAND_ANSWERED);
        assertThat(twice.broken()).containsExactly(SafetyRule.EVERY_COMMAND_ANSWERED);
    }

    @Test
    void noAnswerIsRequiredAfterAPowerCut() {
        assertThat(airco().receives("airco/target/set", TARGET_21)
                        .powerCut()
                        .at("5m")
                        .broken())
                .isEmpty();
    }

    @Test
    void noAnswerIsRequiredForARepeatOrInAFlood() {
        Timeline repeat = airco().receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .publishesResult("a1", "done");
        repeat.at("2m").receives("airco/target/set", TARGET_21).at("9m");
        Timeline flood = airco();
        for (int i = 0; i < 30; i++) {
            flood.receives("airco/target/set", "20");
        }
        flood.receives("airco/target/set", TARGET_21)
                .publishes("target", "21.0")
                .at("9m");

        assertThat(repeat.broken()).isEmpty();
        assertThat(flood.broken()).isEmpty();
    }

    @Test
    void aBrewIsAnsweredAtItsEnd() {
        Timeline coffee =
                Timeline.of("coffee").boot().at("1m").receives("coffee/brew/set", "{\"id\":\"b\",\"value\":\"PRESS\"}");
        assertThat(coffee.at("7m").broken()).isEmpty();
        assertThat(coffee.at("8m").broken()).containsExactly(SafetyRule.EVERY_COMMAND_ANSWERED);
    }

    @Test
    void aSensorFaultPublishedAfterGoodReadingsIsDetected() {
        Timeline healed = airco().failsToReadSensor()
                .publishes("fault", "sensor-short")
                .at("2m")
                .readsSensor(19.0)
                .publishes("fault", "none");
        Timeline stuck = airco().failsToReadSensor()
                .publishes("fault", "sensor-short")
                .at("2m")
                .readsSensor(19.0, "4m");
        Timeline failing = airco().failsToReadSensor()
                .publishes("fault", "sensor-short")
                .at("2m")
                .readsSensor(19.0, "2m30s");
        failing.at("3m").failsToReadSensor().at("9m");

        assertThat(healed.readsSensor(19.0, "9m").broken()).isEmpty();
        assertThat(stuck.broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
        assertThat(failing.broken()).isEmpty();
        assertThat(failing.tested(SafetyRule.FAULTS_CLEAR)).isEqualTo(1);
    }
}
