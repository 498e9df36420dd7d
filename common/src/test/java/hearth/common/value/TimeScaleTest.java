package hearth.common.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeScaleTest {

    @Test
    void simulatedTimePassesSoManyTimesAsFast() {
        TimeScale timeScale = new TimeScale(60);

        assertThat(timeScale.toReal(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeScale.toSimulated(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest(name = "{0} at speed {1} are {2} s")
    @CsvSource({"PT30S, 1, 30", "PT30S, 60, 1", "PT61S, 60, 2", "PT60S, 60, 1", "PT0.001S, 1, 1", "PT0S, 1, 0"})
    void expiryOnTheWireIsInWholeRealSecondsRoundedUp(Duration expiry, int speed, long seconds) {
        assertThat(new TimeScale(speed).toExpirySeconds(expiry)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, Integer.MIN_VALUE})
    void anInvalidSpeedIsRejected(int speed) {
        assertThatThrownBy(() -> new TimeScale(speed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 10000");
    }
}
