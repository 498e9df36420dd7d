package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.TimeScale;
import hearth.testkit.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MonotonicClockTest {

    @Test
    void itStartsAtTheTimeOfTheWallClock() {
        Instant before = Instant.now();
        Instant said = new MonotonicClock(TimeScale.REAL_TIME).instant();
        Instant after = Instant.now();

        assertThat(said).isBetween(before, after.plusSeconds(1));
    }

    @Test
    void itNeverGoesBack() {
        MonotonicClock clock = new MonotonicClock(TimeScale.REAL_TIME);
        Instant last = clock.instant();
        for (int i = 0; i < 100_000; i++) {
            Instant next = clock.instant();
            assertThat(next.isBefore(last)).isFalse();
            last = next;
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"P1095D", "P-1D"})
    @Fault("D1")
    void itDoesNotMoveWhenTheWallClockIsSetByYears(Duration jump) {
        AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2027-01-01T00:00:00Z"));
        MonotonicClock clock = new MonotonicClock(TimeScale.REAL_TIME, wall::get);
        Instant before = clock.instant();
        long begin = System.nanoTime();

        wall.updateAndGet(time -> time.plus(jump));
        Duration passed = Duration.between(before, clock.instant());

        assertThat(before).isBetween(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:01:00Z"));
        assertThat(passed)
                .isBetween(
                        Duration.ZERO,
                        Duration.ofNanos(System.nanoTime() - begin).plusSeconds(1));
    }

    @Test
    void inAFastSimulationMoreTimePasses() {
        MonotonicClock real = new MonotonicClock(TimeScale.REAL_TIME);
        MonotonicClock fast = new MonotonicClock(new TimeScale(1_000));
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
