package hearth.proving.year;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.checker.Findings;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of the simulated year that are short enough for a test: correct devices pass, each defect is detected. */
@Tag("slow")
class YearTest {

    /** The winter has frost during a holiday, the summer has cooling. */
    @ParameterizedTest
    @ValueSource(ints = {36, 190})
    void twoWeeksWithAllInjectedFaultsBreakNoRule(int firstDay) {
        CheckedYear fortnight = runYear(new YearPlan(firstDay, firstDay, 14, true), DeviceInterceptor.NONE);

        assertThat(fortnight.findings().lines()).noneMatch(line -> line.contains("BROKEN"));
        assertThat(fortnight.injectedFaults())
                .allSatisfy((kind, times) -> assertThat(times).as(kind).isPositive());
        assertThat(fortnight.year().counts().reportedFaults()).hasSizeGreaterThan(12);
        for (String node : List.of("sensor", "airco", "coffee", "car")) {
            assertThat(fortnight.year().retained("homeassistant/device/" + node + "/config"))
                    .as("discovery of " + node)
                    .isPresent();
            assertThat(fortnight.year().retained("home/" + node + "/health"))
                    .as("health of " + node)
                    .isPresent();
        }
        assertThat(fortnight.year().deliveredLater()).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameJournalAndAnotherSeedDoesNot() {
        String first =
                runYear(YearPlan.fromNewYear(7, 2), DeviceInterceptor.NONE).sha256();

        assertThat(runYear(YearPlan.fromNewYear(7, 2), DeviceInterceptor.NONE).sha256())
                .isEqualTo(first);
        assertThat(runYear(YearPlan.fromNewYear(8, 2), DeviceInterceptor.NONE).sha256())
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(InjectedDefect.class)
    void theCheckerDetectsEachDefect(InjectedDefect defect) {
        // After a holiday in winter the room is so cold that heating takes longer than its maximum.
        YearPlan plan = defect == InjectedDefect.MAX_ON_IS_IGNORED
                ? new YearPlan(5, 37, 12, true)
                : new YearPlan(5, 5, 12, true);

        Findings findings = runYear(plan, defect).findings();

        assertThat(findings.forRule(defect.rule).broken())
                .as(String.join("\n", findings.lines()))
                .isPositive();
    }

    private static CheckedYear runYear(YearPlan plan, DeviceInterceptor interceptor) {
        return CheckedYear.run(plan, interceptor, List.of(), (at, room, outside) -> {}, passed -> {});
    }
}
