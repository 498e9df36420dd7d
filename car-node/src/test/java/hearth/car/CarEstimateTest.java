package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When it will be home: what the house is told, and how often. */
final class CarEstimateTest {

    @Test
    void aMinuteMoreOrLessIsNotToldWhileItIsLittleOfTheWhole() {
        CarScenario drive =
                CarScenario.from(20_000).to(11_000, 20).to(9_000, 18); // 61 s later than it said, in 7 minutes.
        assertThat(drive.etas()).containsExactly(600L);

        drive.to(7_500, 18); // The same in 6 minutes.

        assertThat(drive.etas()).hasSize(2);
    }

    @Test
    void aTripFoundOpenFarFromHomeIsExpectedInHalfADayAtMost() { // The notes are from before the family moved.
        Map<String, String> notes = Map.of("stage", "coming", "trip", "old-1", "within-km", "401");

        CarScenario drive =
                CarScenario.from(400_000, new Boot("boot1", notes, false)).to(399_000, 5);

        assertThat(drive.etas()).containsExactly(12 * 3_600L);
    }

    @Test
    void aBoardThatWasBusyWhenTheEstimateEndedHasNotLostTheTrip() {
        CarScenario drive = CarScenario.from(8_000).to(200, 15).standing("3m");
        while (drive.secondsLeft() > 55) { // By the end of the estimate the receiver must not count as silent yet.
            drive.standing("1s");
        }

        CarState next = new ApproachDetector(CarScenario.SETTINGS)
                .decide(drive.story().state(), drive.story().now().plusSeconds(drive.secondsLeft() + 1))
                .state();

        assertThat(next.trip()).isInstanceOf(Trip.Announced.class);
    }
}
