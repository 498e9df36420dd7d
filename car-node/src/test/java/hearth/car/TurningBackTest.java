package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The difference between a bend of the road and turning back. The outer circle is at 2.5 km. */
final class TurningBackTest {

    private static final String ONE_TRIP_TO_THE_DOOR = "boot1-1 coming@[78].[0-9]km silence@0.1km";

    @Test
    void aCarThatLeavesTheOuterCircleAgainIsCancelled() {
        CarScenario car = CarScenario.from(8_000).to(2_000, 15).to(2_900, 5);

        assertThat(car.log()).matches("boot1-1 coming@[78].[0-9]km boot1-1 off@2.5km");
    }

    @Test
    void afterTurningBackItsNextTripIsAnnounced() {
        CarScenario car = CarScenario.from(8_000)
                .to(2_000, 15)
                .to(2_900, 5)
                .standing("2m")
                .to(0, 10);

        assertThat(car.log()).contains("boot1-1 off@").matches(".* boot1-2 coming@2.[0-9]km silence@0.1km");
    }

    @Test
    void insideTheOuterCircleARoadMayLeadAwayFromHome() {
        CarScenario car = CarScenario.from(8_000).to(1_000, 15).to(1_800, 8).to(0, 15);

        assertThat(car.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    @Test
    void aRoadAlongTheOuterCircleMayLeaveItAgain() {
        CarScenario car = CarScenario.from(8_000).to(2_400, 15).to(2_650, 2).to(0, 15);

        assertThat(car.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    @Test
    void aCarThatRollsBackInATrafficJamStaysAnnounced() {
        CarScenario car = CarScenario.from(8_000).to(2_400, 15).to(2_750, 1).to(0, 15);

        assertThat(car.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    /** A distance that a car can cover in twenty seconds without reception, so the fix is plausible. */
    @Test
    void oneFixWithAnErrorOfAKilometreCancelsNothing() {
        CarScenario car = CarScenario.from(8_000)
                .to(2_000, 15)
                .moveWithoutFixes(1_700, 15)
                .fix(CarScenario.at(3_200), 8);

        car.to(0, 15);

        assertThat(car.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    @Test
    void afterARestartTheShortestDistanceStillCounts() {
        CarScenario car = CarScenario.from(9_000).to(5_000, 15).restarted().moveWithoutFixes(3_000, 15);

        car.standing("1m").to(5_000, 15);

        assertThat(car.log()).matches("boot1-1 coming@8.[0-9]km restart boot1-1 off@4.0km");
    }
}
