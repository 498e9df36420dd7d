package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoryCheckerTest {

    private static final String APPROACH = "{\"trip\":\"a-1\",\"eta_s\":600}";

    private final StoryChecker checker = new StoryChecker();
    private final SnapshotBuilder snapshots = new SnapshotBuilder();

    @Test
    void allPartsOfAPassedStoryAreReportedWithTheirTimes() {
        heat(18.0, 20.0);
        cool(22.0, 20.0);
        driveHomeToCoffee();

        assertThat(checker.passed()).isTrue();
        assertThat(checker.findings())
                .containsExactly(
                        "yes: the room was heated from 18 to 20 °C (on 11:36 at 18.0 °C, off 11:47 at 20.0 °C)",
                        "yes: the room was cooled from 22 to 20 °C (on 12:30 at 22.0 °C, off 12:40 at 20.0 °C)",
                        "yes: the coffee was ready when the car came home (car home 12:45, coffee ready 12:44)");
    }

    @Test
    void twoOfThreePartsAreNotEnough() {
        heat(18.0, 20.0);
        driveHomeToCoffee();

        assertThat(checker.passed()).isFalse();
        assertThat(checker.findings())
                .contains("no:  the room was cooled from 22 to 20 °C (cooling never switched on)");
    }

    @Test
    void heatingAWarmRoomDoesNotCount() {
        heat(19.0, 20.0);

        assertThat(checker.findings().get(0))
                .startsWith("no:  ")
                .contains("11:36 at 19.0 °C: expected 18.0 °C or below");
    }

    @Test
    void heatingThatStopsTooEarlyDoesNotCountButALaterPeriodDoes() {
        heat(18.0, 19.1);
        assertThat(checker.findings().get(0)).startsWith("no:  ").endsWith("off 11:47 at 19.1 °C: before 20.0 °C)");

        heat(17.9, 20.0);
        assertThat(checker.findings().get(0)).startsWith("yes: ");
    }

    @Test
    void thePublishedActionOfANodeIsIgnored() {
        snapshots.message("airco/action", "heating").room(18.0);
        checker.observe(snapshots.at(6));
        snapshots.message("airco/action", "idle").room(20.0);
        checker.observe(snapshots.at(17));

        assertThat(checker.findings().get(0)).startsWith("no:  ").contains("heating never switched on");
    }

    @Test
    void withoutATemperatureTheCheckWaitsForTheNextOne() {
        snapshots.room(18.0).heating = true;
        checker.observe(snapshots.at(6));
        snapshots.withoutMessage("sensor/temperature").heating = false;
        checker.observe(snapshots.at(17));
        assertThat(checker.findings().get(0)).startsWith("no:  ").contains("not off yet");

        snapshots.room(19.95);
        checker.observe(snapshots.at(18));

        assertThat(checker.findings().get(0)).startsWith("yes: ");
    }

    @Test
    void bothRelaysOnTogetherFailTheStory() {
        heat(18.0, 20.0);
        cool(22.0, 20.0);
        driveHomeToCoffee();
        snapshots.heating = true;
        snapshots.cooling = true;

        checker.observe(snapshots.at(90));

        assertThat(checker.passed()).isFalse();
        assertThat(checker.findings()).contains("no:  heating and cooling were on together at 13:00");
    }

    @Test
    void coffeeThatIsNotReadyAtTheArrivalFails() {
        leave();
        announce();
        snapshots.brewing = true;
        checker.observe(snapshots.at(70));

        arrive();

        assertThat(coffee())
                .isEqualTo("no:  the coffee was ready when the car came home"
                        + " (car home 12:45, but the coffee was not ready)");
    }

    @Test
    void coffeeOfTheLastTripIsNotFresh() {
        leave();
        announce();
        snapshots.brewing = true;
        checker.observe(snapshots.at(60));
        snapshots.cupReadyForMin = 6;

        arrive();

        assertThat(coffee()).startsWith("no:  ").contains("no longer fresh");
    }

    @Test
    void coffeeMadeBeforeTheApproachDoesNotCount() {
        leave();
        snapshots.brewing = true;
        checker.observe(snapshots.at(60));
        announce();
        snapshots.cupReadyForMin = 1;

        arrive();

        assertThat(coffee()).startsWith("no:  ").contains("the machine did not switch on after the approach");
    }

    @Test
    void coffeeWithoutAnApproachDoesNotCount() {
        leave();
        snapshots.brewing = true;
        snapshots.cupReadyForMin = 1;

        arrive();

        assertThat(coffee()).startsWith("no:  ").contains("it had published no approach");
    }

    @Test
    void theCarMustPublishThatItIsHome() {
        driveHome();
        assertThat(coffee()).startsWith("no:  ").contains("it did not publish presence home");

        snapshots.message("car/presence", "home");
        checker.observe(snapshots.at(76));

        assertThat(coffee()).startsWith("yes: ");
    }

    private String coffee() {
        return checker.findings().get(2);
    }

    private void heat(double from, double to) {
        checker.observe(snapshots.at(1));
        snapshots.room(from).heating = true;
        checker.observe(snapshots.at(6));
        snapshots.room(to).heating = false;
        checker.observe(snapshots.at(17));
    }

    private void cool(double from, double to) {
        snapshots.room(from).cooling = true;
        checker.observe(snapshots.at(60));
        snapshots.room(to).cooling = false;
        checker.observe(snapshots.at(70));
    }

    private void driveHomeToCoffee() {
        driveHome();
        snapshots.message("car/presence", "home");
        checker.observe(snapshots.at(76));
    }

    private void driveHome() {
        leave();
        announce();
        snapshots.brewing = true;
        checker.observe(snapshots.at(70));
        snapshots.cupReadyForMin = 1;
        arrive();
    }

    private void leave() {
        snapshots.message("car/presence", "away");
        checker.observe(snapshots.at(55));
    }

    private void announce() {
        snapshots.message("car/approach", APPROACH).message("car/presence", "approaching");
        checker.observe(snapshots.at(65));
    }

    private void arrive() {
        snapshots.carHome = true;
        checker.observe(snapshots.at(75));
    }
}
