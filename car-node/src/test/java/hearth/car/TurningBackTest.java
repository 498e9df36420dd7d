package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is a bend of the road, and what is turning back. The outer circle is at 2.5 km. */
final class TurningBackTest {

    private static final String ONE_TRIP_TO_THE_DOOR = "boot1-1 coming@[78].[0-9]km silence@0.1km";

    @Test
    void aCarThatDrivesBackOutOfTheOuterCircleIsNotComing() {
        CarScenario drive = CarScenario.from(8_000).to(2_000, 15).to(2_900, 5);

        assertThat(drive.log()).matches("boot1-1 coming@[78].[0-9]km boot1-1 off@2.5km");
    }

    @Test
    void havingTurnedBackItMayComeOnceMore() {
        CarScenario drive = CarScenario.from(8_000)
                .to(2_000, 15)
                .to(2_900, 5)
                .standing("2m")
                .to(0, 10);

        assertThat(drive.log()).contains("boot1-1 off@").matches(".* boot1-2 coming@2.[0-9]km silence@0.1km");
    }

    @Test
    void insideTheOuterCircleARoadMayLeadAwayForAWhile() {
        CarScenario drive = CarScenario.from(8_000).to(1_000, 15).to(1_800, 8).to(0, 15);

        assertThat(drive.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    @Test
    void aRoadAlongTheOuterCircleMayLeadOutOfItAgain() {
        CarScenario drive = CarScenario.from(8_000).to(2_400, 15).to(2_650, 2).to(0, 15);

        assertThat(drive.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    @Test
    void aCarShuntedBackOutInAJamIsStillComing() {
        CarScenario drive = CarScenario.from(8_000).to(2_400, 15).to(2_750, 1).to(0, 15);

        assertThat(drive.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    /** As far as a car may have come in twenty seconds without reception, so it is believed. */
    @Test
    void oneFixThatErrsByAKilometreCallsNothingOff() {
        CarScenario drive = CarScenario.from(8_000)
                .to(2_000, 15)
                .moveWithoutFixes(1_700, 15)
                .fix(CarScenario.at(3_200), 8);

        drive.to(0, 15);

        assertThat(drive.log()).matches(ONE_TRIP_TO_THE_DOOR);
    }

    @Test
    void afterARestartTooItIsTheNearestThatCounts() {
        CarScenario drive = CarScenario.from(9_000).to(5_000, 15).restarted().moveWithoutFixes(3_000, 15);

        drive.standing("1m").to(5_000, 15);

        assertThat(drive.log()).matches("boot1-1 coming@8.[0-9]km restart boot1-1 off@4.0km");
    }
}
