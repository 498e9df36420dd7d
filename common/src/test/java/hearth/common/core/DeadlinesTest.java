package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void theEarliestFutureDeadlineIsNext() {
        Instant next = Deadlines.next(
                NOW, Stream.of(NOW.plusSeconds(9), NOW.minusSeconds(5), NOW.plusSeconds(3), Instant.MAX));

        assertThat(next).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void aDeadlineAtThisInstantHasPassed() {
        assertThat(Deadlines.next(NOW, Stream.of(NOW, NOW.plusNanos(1)))).isEqualTo(NOW.plusNanos(1));
    }

    @Test
    void withoutAFutureDeadlineThereIsNoNext() {
        assertThat(Deadlines.next(NOW, Stream.of(NOW, Instant.MIN))).isEqualTo(Instant.MAX);
        assertThat(Deadlines.next(NOW, Stream.of())).isEqualTo(Instant.MAX);
    }
}
