package hearth.proving.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which samples count as a leak. */
class LeakCheckTest {

    @Test
    void aFigureThatGoesUpAndDownIsNoLeak() {
        assertThat(growth(i -> new Sample(4000 + i % 5 * 300, 23 + i % 2, 37 + i % 2, 80_000)))
                .isEmpty();
    }

    @Test
    void aRiseDuringTheWarmUpIsNoLeak() {
        assertThat(growth(i -> new Sample(i < 12 ? 1000 : 5000, i < 12 ? 10 : 23, i < 12 ? 5 : 37, 80_000)))
                .isEmpty();
    }

    @Test
    void oneHighSampleIsNoLeak() {
        assertThat(growth(i -> new Sample(i == 40 ? 9000 : 4000, i == 40 ? 90 : 23, i == 40 ? 99 : 37, 80_000)))
                .isEmpty();
    }

    @Test
    void growthIsReportedWithItsFigures() {
        assertThat(growth(i -> new Sample(4000 + i * 30, 20 + i / 12, 30 + i / 6, 80_000)))
                .containsExactly(
                        "kB of heap grew from 4540 to 5260",
                        "threads grew from 21 to 23",
                        "open files grew from 33 to 37");
    }

    @Test
    void aFigureThatShrinksIsNoLeak() {
        assertThat(growth(i -> new Sample(9000 - i * 50, 90 - i, 90 - i, 80_000)))
                .isEmpty();
    }

    @Test
    void tooFewSamplesAreRejected() {
        assertThatThrownBy(() -> new LeakCheck(List.of(new Sample(1, 1, 1, 1)))).hasMessageContaining("8 or more");
    }

    @Test
    void theHeapIsReadFromTheOutputOfJcmd() {
        assertThat(Sample.usedKb("""
                        4711:
                         def new generation   total 1856K, used 300K [0x1, 0x2, 0x3)
                          eden space 1664K,  18% used [0x1, 0x2, 0x3)
                         tenured generation   total 4096K, used 3700K [0x1, 0x2, 0x3)
                           the space 4096K,  90% used [0x1, 0x2, 0x3, 0x4)
                         Metaspace       used 15000K, committed 15500K, reserved 1114112K
                        """)).isEqualTo(4000);
    }

    @Test
    void aProcessIsSampled() throws Exception {
        Sample sample = Sample.of(ProcessHandle.current().pid());

        assertThat(sample.threads()).isPositive();
        assertThat(sample.files()).isPositive();
        assertThat(sample.rssKb()).isGreaterThan(sample.heapKb());
    }

    private static List<String> growth(IntFunction<Sample> sample) {
        return new LeakCheck(IntStream.range(0, 48).mapToObj(sample).toList()).growth();
    }
}
