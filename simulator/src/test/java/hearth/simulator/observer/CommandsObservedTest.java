package hearth.simulator.observer;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(late.broken()).containsExactly(Rule.LAWFUL_COMMANDS);
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
    void aRepeatIsKnownAfterABootIfItWasNoted() {
        Timeline airco = airco().powerCut().at("2m").boot(Map.of("command.00", "a1 target/set=21.0"));
        airco.settled("20.0", "heat_cool", "home").at("3m").hears("airco/target/set", TO_21);
        assertThat(airco.says("target", "21.0").broken()).containsExactly(Rule.LAWFUL_COMMANDS);
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
        Timeline once = airco().hears("airco/target/set", TO_21)
                .answers("a1", "rejected")
                .at("5m");
        Timeline never = airco().hears("airco/target/set", TO_21).at("5m");
        Timeline twice =
                airco().hears("airco/target/set", TO_21).answers("a1", "done").answers("a1", "done");

        assertThat(once.broken()).isEmpty();
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
        Timeline repeat = airco().hears("airco/target/set", TO_21).answers("a1", "rejected");
        repeat.at("2m").hears("airco/target/set", TO_21).at("9m");
        Timeline flood = airco();
        for (int i = 0; i < 30; i++) {
            flood.hears("airco/target/set", "20");
        }
        flood.hears("airco/target/set", TO_21).at("9m");

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
