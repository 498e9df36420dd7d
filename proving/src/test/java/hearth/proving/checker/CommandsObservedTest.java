package hearth.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people set, and what they are answered: rules 7, 13, 15 and 17. */
class CommandsObservedTest {

    private static final String TO_21 = "{\"id\":\"a1\",\"value\":21.0}";

    private static Timeline airco() {
        return Timeline.ofAnAirco().at("1m");
    }

    @Test
    void aLawfulCommandActs() {
        Timeline plain = airco().hears("airco/target/set", "21").says("target", "21.0");
        Timeline named =
                airco().hears("airco/target/set", TO_21).says("target", "21.0").answers("a1", "done");
        Timeline mode = airco().hears("airco/mode/set", "{\"value\":\"off\",\"id\":\"m\"}");
        mode.says("mode", "off").says("action", "off").answers("m", "done");

        assertThat(plain.broken()).isEmpty();
        assertThat(named.broken()).isEmpty();
        assertThat(mode.broken()).isEmpty();
        assertThat(named.tested(Rule.LAWFUL_COMMANDS)).isEqualTo(1);
    }

    @Test
    void theSetPointStaysWithinItsBoundsAndOnItsGrid() {
        for (String wrong : new String[] {"30.5", "4.5", "20.3", "NaN", ""}) {
            assertThat(airco().says("target", wrong).broken()).contains(Rule.SET_POINT);
        }
        assertThat(airco().hears("airco/target/set", "30")
                        .says("target", "30.0")
                        .broken())
                .isEmpty();
    }

    @Test
    void aRetainedCommandDoesNotAct() {
        Timeline airco = airco().hearsRetained("airco/target/set", "25.0", -1, -1);
        assertThat(airco.broken()).isEmpty();
        assertThat(airco.at("61s").says("target", "25.0").broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void anExpiredCommandDoesNotAct() {
        Timeline expired = airco().hearsExpired("airco/mode/set", "off")
                .says("mode", "off")
                .says("action", "off");
        Timeline late = airco().hears("airco/mode/set", "off")
                .at("2m")
                .says("mode", "off")
                .says("action", "off");

        assertThat(expired.broken()).containsExactly(Rule.LAWFUL_COMMANDS);
        assertThat(late.broken()).containsExactly(Rule.OBEYED, Rule.LAWFUL_COMMANDS);
    }

    @Test
    void aRepeatDoesNotAct() {
        Timeline airco =
                airco().hears("airco/target/set", TO_21).says("target", "21.0").answers("a1", "done");
        airco.at("2m").hears("airco/target/set", "20").says("target", "20.0");
        airco.at("3m").hears("airco/target/set", TO_21);
        assertThat(airco.broken()).isEmpty();

        assertThat(airco.at("181s").says("target", "21.0").broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void aRepeatIsKnownAfterABootIfThereWasTimeToNoteIt() {
        assertThat(repeatedAfterABoot("30s", true).broken()).containsExactly(Rule.LAWFUL_COMMANDS);
        assertThat(repeatedAfterABoot("2m", false).broken()).containsExactly(Rule.LAWFUL_COMMANDS);
        assertThat(repeatedAfterABoot("30s", false).broken()).isEmpty();
    }

    /** 21, 20, a power cut so long after that, and the 21 once more. */
    private static Timeline repeatedAfterABoot(String wait, boolean noted) {
        Timeline airco =
                airco().hears("airco/target/set", TO_21).says("target", "21.0").answers("a1", "done");
        airco.at("61s").hears("airco/target/set", "20").says("target", "20.0");
        if (noted) {
            airco.at("62s").notes();
        }
        airco.after(Duration.parse("PT" + wait)).powerCut().after(Duration.ofSeconds(5));
        airco.boot().settled("20.0", "heat_cool", "home").after(Duration.ofSeconds(5));
        return airco.hears("airco/target/set", TO_21).says("target", "21.0");
    }

    @Test
    void whatIsLawfullySetIsSoAtOnce() {
        Timeline deaf = airco().hears("airco/mode/set", "off");
        assertThat(deaf.tested(Rule.OBEYED)).isEqualTo(1);
        assertThat(deaf.at("62s").broken()).containsExactly(Rule.OBEYED);

        Timeline overtaken = airco().hears("airco/mode/set", "off").hears("airco/mode/set", "heat_cool");
        Timeline retained = airco().hearsRetained("airco/mode/set", "off", -1, -1);
        Timeline nonsense = airco().hears("airco/target/set", "20.3");
        assertThat(overtaken.at("2m").broken()).isEmpty();
        assertThat(retained.at("2m").broken()).isEmpty();
        assertThat(nonsense.at("2m").broken()).isEmpty();
    }

    @Test
    void whatWasSetIsSoAfterAPowerCut() {
        assertThat(offAndCut("2m").boot().broken()).containsExactly(Rule.OBEYED);
        assertThat(offAndCut("30s").boot().broken()).isEmpty(); // It may not have been written yet.
        assertThat(offAndCut("2m").bootForgetting().broken()).isEmpty();
        Timeline kept = offAndCut("2m").boot(Map.of("mode", "off")).settled("20.0", "off", "home");
        assertThat(kept.broken()).isEmpty();
        assertThat(kept.tested(Rule.OBEYED)).isEqualTo(2);
    }

    private static Timeline offAndCut(String wait) {
        Timeline airco =
                airco().hears("airco/mode/set", "off").says("mode", "off").says("action", "off");
        return airco.after(Duration.parse("PT" + wait)).powerCut().after(Duration.ofSeconds(5));
    }

    @Test
    void aBootThatDoesNotGoByItsNotesIsFound() {
        Timeline airco = Timeline.of("airco").boot(Map.of("mode", "off")).settled("20.0", "heat_cool", "home");
        assertThat(airco.broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void anAnswerIsOneThatThereIsAndOnlyToWhatMayActItIsDone() {
        Timeline odd = airco().hears("airco/reset/set", "{\"id\":\"r\",\"value\":\"PRESS\"}");
        Timeline unasked = airco().answers("r", "done");
        Timeline retained = airco().hearsRetained("airco/reset/set", "{\"id\":\"r\",\"value\":\"PRESS\"}", -1, -1);

        assertThat(odd.answers("r", "perhaps").broken()).containsExactly(Rule.ANSWERED);
        assertThat(unasked.broken()).containsExactly(Rule.ANSWERED);
        assertThat(retained.answers("r", "done").broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void aLatchedFaultStaysUntilSomebodyResetsIt() {
        Timeline cleared = airco().says("fault", "no-response-latched");
        assertThat(cleared.at("2m").says("fault", "none").broken()).containsExactly(Rule.HEALS);

        Timeline reset = airco().says("fault", "no-response-latched").at("2m").hears("airco/reset/set", "PRESS");
        assertThat(reset.says("fault", "none").broken()).isEmpty();

        Timeline retained = airco().says("fault", "no-response-latched").at("2m");
        retained.hearsRetained("airco/reset/set", "PRESS", -1, -1).says("fault", "none");
        assertThat(retained.broken()).containsExactly(Rule.HEALS);
    }

    @Test
    void aLatchedFaultSurvivesAPowerCut() {
        Timeline airco = airco().says("fault", "no-response-latched").at("5m").powerCut();
        airco.at("6m").boot().settled("20.0", "heat_cool", "home");
        assertThat(airco.broken()).containsExactly(Rule.HEALS);
    }

    @Test
    void aFaultIsToldNoLongerThanItIsThere() {
        Timeline disk = airco().says("fault", "storage").at("2m").notes();
        Timeline relay = airco().refuses(Timeline.HEAT).says("fault", "relay-heat");
        Timeline clock = Timeline.of("coffee")
                .boot()
                .says("fault", "clock-unsynced")
                .at("1m")
                .looks("12:01");
        Timeline silent = airco().reads(19.0).says("fault", "source-silent").hears("sensor/temperature", "19.00");
        Timeline stuck =
                airco().reads(19.0).says("fault", "sensor-stuck").at("90s").reads(19.0625);

        assertThat(disk.at("2m14s").broken()).isEmpty();
        assertThat(disk.at("2m16s").broken()).containsExactly(Rule.HEALS);
        assertThat(relay.at("7m14s").broken()).isEmpty();
        assertThat(relay.at("7m16s").broken()).containsExactly(Rule.HEALS);
        assertThat(clock.at("76s").broken()).containsExactly(Rule.HEALS);
        assertThat(silent.at("76s").broken()).containsExactly(Rule.HEALS);
        assertThat(stuck.at("106s").broken()).containsExactly(Rule.HEALS);
    }

    @Test
    void oneCommandMakesOneChange() {
        Timeline airco = airco().hears("airco/target/set", "21").says("target", "21.0");
        airco.at("70s").hears("airco/target/set", "20").says("target", "20.0").says("target", "21.0");
        assertThat(airco.broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void aBootBringsBackWhatWasRemembered() {
        Timeline lawful = Timeline.of("airco").boot(Map.of("target", "22.5")).settled("22.5", "heat_cool", "home");
        Timeline unlawful = Timeline.of("airco").boot(Map.of("target", "22.5")).settled("23.5", "heat_cool", "home");

        assertThat(lawful.broken()).isEmpty();
        assertThat(unlawful.broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void eachCommandWithAnIdIsAnsweredOnce() {
        Timeline never =
                airco().hears("airco/target/set", TO_21).says("target", "21.0").at("5m");
        Timeline once =
                airco().hears("airco/target/set", TO_21).says("target", "21.0").answers("a1", "done");
        Timeline twice = airco().hears("airco/target/set", TO_21)
                .says("target", "21.0")
                .answers("a1", "done")
                .answers("a1", "done");

        assertThat(once.at("5m").broken()).isEmpty();
        assertThat(once.tested(Rule.ANSWERED)).isEqualTo(1);
        assertThat(never.broken()).containsExactly(Rule.ANSWERED);
        assertThat(twice.broken()).containsExactly(Rule.ANSWERED);
    }

    @Test
    void noAnswerIsExpectedOfTheDead() {
        assertThat(airco().hears("airco/target/set", TO_21).powerCut().at("5m").broken())
                .isEmpty();
    }

    @Test
    void aRepeatMayBeSilentAndAFloodMayGiveWay() {
        Timeline repeat =
                airco().hears("airco/target/set", TO_21).says("target", "21.0").answers("a1", "done");
        repeat.at("2m").hears("airco/target/set", TO_21).at("9m");
        Timeline flood = airco();
        for (int i = 0; i < 30; i++) {
            flood.hears("airco/target/set", "20");
        }
        flood.hears("airco/target/set", TO_21).says("target", "21.0").at("9m");

        assertThat(repeat.broken()).isEmpty();
        assertThat(flood.broken()).isEmpty();
    }

    @Test
    void aBrewIsAnsweredWhenItIsOver() {
        Timeline coffee =
                Timeline.of("coffee").boot().at("1m").hears("coffee/brew/set", "{\"id\":\"b\",\"value\":\"PRESS\"}");
        assertThat(coffee.at("7m").broken()).isEmpty();
        assertThat(coffee.at("8m").broken()).containsExactly(Rule.ANSWERED);
    }

    @Test
    void faultsOfTheSensorAreNotToldForLongAfterItHealed() {
        Timeline healed = airco().failsToRead()
                .says("fault", "sensor-short")
                .at("2m")
                .reads(19.0)
                .says("fault", "none");
        Timeline stuck =
                airco().failsToRead().says("fault", "sensor-short").at("2m").reads(19.0, "4m");
        Timeline failing =
                airco().failsToRead().says("fault", "sensor-short").at("2m").reads(19.0, "2m30s");
        failing.at("3m").failsToRead().at("9m");

        assertThat(healed.reads(19.0, "9m").broken()).isEmpty();
        assertThat(stuck.broken()).containsExactly(Rule.HEALS);
        assertThat(failing.broken()).isEmpty();
        assertThat(failing.tested(Rule.HEALS)).isEqualTo(1);
    }
}
