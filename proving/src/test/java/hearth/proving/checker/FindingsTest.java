package hearth.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void eachRuleHasALineAndItsFirstViolationsWithTimeAndFigures() {
        Timeline airco = Timeline.ofAnAirco().at("2d3h").publishes("target", "40.0");
        Findings findings = airco.findings();

        assertThat(findings.allRulesHeld()).isFalse();
        assertThat(findings.lines())
                .contains(
                        " 7 the set point is finite, within its bounds and a multiple of its step: tested 2 times,"
                                + " BROKEN 1 times",
                        "   day 2 03:00:00.000 airco: the target is 40.0",
                        "17 each command with an id is answered once: tested 0 times, held");
    }

    @Test
    void theFirstViolationsAreStoredAndTheOthersCounted() {
        Timeline airco = Timeline.ofAnAirco();
        for (int i = 0; i < 100; i++) {
            airco.publishes("target", "40.0");
        }
        assertThat(airco.findings().forRule(SafetyRule.TARGET_IN_BOUNDS).broken())
                .isEqualTo(100);
        assertThat(airco.findings().forRule(SafetyRule.TARGET_IN_BOUNDS).first())
                .hasSize(20);
    }

    @Test
    void anEntryOutOfOrderIsRejected() {
        Timeline airco = Timeline.ofAnAirco().at("2m").readsSensor(20.0).at("1m");
        assertThatThrownBy(() -> airco.readsSensor(20.0)).hasMessageContaining("out of order");
    }
}
