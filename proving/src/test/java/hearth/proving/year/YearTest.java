package hearth.proving.year;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.checker.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The year, in pieces that a test run can afford: sound devices pass, and each defect is caught. */
class YearTest {

    /** In winter there is the frost of a holiday, in summer the cooling. */
    @ParameterizedTest
    @ValueSource(ints = {36, 190})
    void aFortnightInWhichAllGoesWrongBreaksNoRule(int firstDay) {
        Chronicle fortnight = live(new Plan(firstDay, firstDay, 14, true), Tampering.NONE);

        assertThat(fortnight.findings().lines()).noneMatch(line -> line.contains("BROKEN"));
        assertThat(fortnight.mishaps())
                .allSatisfy((kind, times) -> assertThat(times).as(kind).isPositive());
        assertThat(fortnight.year().tally().faultsTold()).hasSizeGreaterThan(12);
    }

    @Test
    void theSameSeedIsTheSameJournalAndAnotherIsNot() {
        String first = live(Plan.fromNewYear(7, 2), Tampering.NONE).sha256();

        assertThat(live(Plan.fromNewYear(7, 2), Tampering.NONE).sha256()).isEqualTo(first);
        assertThat(live(Plan.fromNewYear(8, 2), Tampering.NONE).sha256()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Defects.class)
    void theObserverCatchesEachDefect(Defects defect) {
        // After a winter's holiday the room is so cold that heating takes longer than it may.
        Plan plan = defect == Defects.MAX_ON_IS_IGNORED ? new Plan(5, 37, 12, true) : new Plan(5, 5, 12, true);

        Findings findings = live(plan, defect).findings();

        assertThat(findings.of(defect.rule).broken())
                .as(String.join("\n", findings.lines()))
                .isPositive();
    }

    private static Chronicle live(Plan plan, Tampering tampering) {
        return Chronicle.of(plan, tampering, List.of(), (at, room, outside) -> {}, passed -> {});
    }
}
