package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Pace;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {

    @Test
    void itStartsAtTheWallsTime() {
        Instant before = Instant.now();
        Instant said = new SteadyClock(Pace.REAL).instant();
        Instant after = Instant.now();

        assertThat(said).isBetween(before, after.plusSeconds(1));
    }

    @Test
    void itNeverGoesBack() {
        SteadyClock clock = new SteadyClock(Pace.REAL);
        Instant last = clock.instant();
        for (int i = 0; i < 100_000; i++) {
            Instant next = clock.instant();
            assertThat(next.isBefore(last)).isFalse();
            last = next;
        }
    }

    @Test
    void inAFastHouseSoMuchMoreTimePasses() {
        SteadyClock real = new SteadyClock(Pace.REAL);
        SteadyClock fast = new SteadyClock(new Pace(1_000));
        Instant realBegin = real.instant();
        Instant fastBegin = fast.instant();

        long spinUntil = System.nanoTime() + Duration.ofMillis(5).toNanos();
        while (System.nanoTime() < spinUntil) {
            Thread.onSpinWait();
        }
        Duration inTheHouse = Duration.between(fastBegin, fast.instant());
        Duration really = Duration.between(realBegin, real.instant());

        assertThat(inTheHouse).isBetween(Duration.ofSeconds(5), really.multipliedBy(1_000));
    }
}
