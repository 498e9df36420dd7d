package hearth.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class SpringDayWeatherTest {

    private final SpringDayWeather weather = new SpringDayWeather();

    @Test
    void theNightIsColdAndTheAfternoonMild() {
        assertThat(weather.outsideC(LocalTime.of(3, 0))).isCloseTo(4, within(0.01));
        assertThat(weather.outsideC(LocalTime.of(15, 0))).isCloseTo(14, within(0.01));
    }

    @Test
    void theSunShinesInFromNoonToTheEvening() {
        assertThat(weather.sunW(LocalTime.of(11, 59))).isZero();
        assertThat(weather.sunW(LocalTime.of(12, 20))).isGreaterThan(1_500);
        assertThat(weather.sunW(LocalTime.of(17, 0))).isBetween(500.0, 1_000.0);
        assertThat(weather.sunW(LocalTime.of(18, 0))).isZero();
        assertThat(weather.sunW(LocalTime.MIDNIGHT)).isZero();
    }

    @Test
    void theTemperatureDoesNotJumpAtMidnight() {
        double before = weather.outsideC(LocalTime.of(23, 59, 59));
        double after = weather.outsideC(LocalTime.MIDNIGHT);

        assertThat(after).isCloseTo(before, within(0.01));
    }
}
