package hearth.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(8);

    @Test
    @Fault("E5")
    void theDelayGrowsFromOneSecondToEight() {
        assertThat(waits(new Backoff(FIRST, MOST, () -> 0.0)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 4L, 4L);
        assertThat(waits(new Backoff(FIRST, MOST, () -> 0.5)))
                .extracting(Duration::toMillis)
                .containsExactly(1500L, 3000L, 6000L, 6000L, 6000L);
    }

    @Test
    void theDelayStaysWithinItsBounds() {
        assertThat(waits(new Backoff(FIRST, MOST, () -> Math.nextDown(1.0))))
                .allSatisfy(wait -> assertThat(wait).isBetween(FIRST, MOST));
        assertThat(waits(Backoff.standard()))
                .allSatisfy(wait -> assertThat(wait).isBetween(FIRST, MOST));
    }

    @Test
    @Fault("E5")
    void delaysAreRandom() {
        assertThat(Stream.generate(Backoff.standard()::next).limit(1000).distinct())
                .hasSizeGreaterThan(990);
    }

    @Test
    void theDelayStartsAgainAfterAReset() {
        Backoff backoff = new Backoff(FIRST, MOST, () -> 0.0);
        waits(backoff);

        backoff.reset();

        assertThat(backoff.next()).isEqualTo(FIRST);
    }

    private static List<Duration> waits(Backoff backoff) {
        return Stream.generate(backoff::next).limit(5).toList();
    }
}
