package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The published estimate of the arrival, and how often it is published. */
final class CarEstimateTest {

    @Test
    void aChangeOfAMinuteIsNotPublishedWhileItIsASmallShare() {
        CarScenario car =
                CarScenario.from(20_000).to(11_000, 20).to(9_000, 18); // 61 s later than published, in 7 minutes.
        assertThat(car.etas()).containsExactly(600L);

        car.to(7_500, 18); // The same in 6 minutes.

        assertThat(car.etas()).hasSize(2);
    }

    @Test
    void theEstimateIsAtMostHalfADay() { // The state was saved for another home.
        Map<String, String> entries = Map.of("stage", "coming", "trip", "old-1", "within-km", "401");

        CarScenario car =
                CarScenario.from(400_000, new Boot("boot1", entries, false)).to(399_000, 5);

        assertThat(car.etas()).containsExactly(12 * 3_600L);
    }

    @Test
    void aBoardThatIsBusyWhenTheEstimateEndsKeepsTheTrip() {
        CarScenario car = CarScenario.from(8_000).to(200, 15).standing("3m");
        while (car.secondsLeft() > 55) { // When the estimate ends, the last fix must not be stale yet.
            car.standing("1s");
        }

        CarState next = new ApproachDetector(CarScenario.SETTINGS)
                .decide(car.story().state(), car.story().now().plusSeconds(car.secondsLeft() + 1))
                .state();

        assertThat(next.trip()).isInstanceOf(Trip.Announced.class);
    }
}
