package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final String COMING = "{\"trip\":\"a-1\",\"eta_s\":600}";

    private final Judge judge = new Judge();
    private final Sights house = new Sights();

    @Test
    void theWholeStoryIsToldWithItsTimes() {
        heat(18.0, 20.0);
        cool(22.0, 20.0);
        driveHomeToCoffee();

        assertThat(judge.content()).isTrue();
        assertThat(judge.findings())
                .containsExactly(
                        "yes: the room was heated from 18 to 20 °C (on 11:36 at 18.0 °C, off 11:47 at 20.0 °C)",
                        "yes: the room was cooled from 22 to 20 °C (on 12:30 at 22.0 °C, off 12:40 at 20.0 °C)",
                        "yes: the coffee was ready when the car came home (car home 12:45, coffee ready 12:44)");
    }

    @Test
    void twoPartsOfThreeAreNoStory() {
        heat(18.0, 20.0);
        driveHomeToCoffee();

        assertThat(judge.content()).isFalse();
        assertThat(judge.findings()).contains("no:  the room was cooled from 22 to 20 °C (cooling never went on)");
    }

    @Test
    void heatingAWarmRoomIsNotTheStory() {
        heat(19.0, 20.0);

        assertThat(judge.findings().get(0))
                .startsWith("no:  ")
                .contains("11:36 at 19.0 °C: not the temperature for it");
    }

    @Test
    void heatingThatIsBrokenOffIsNotTheStoryButMayBeMadeGood() {
        heat(18.0, 19.1);
        assertThat(judge.findings().get(0)).startsWith("no:  ").endsWith("off 11:47 at 19.1 °C: broken off)");

        heat(17.9, 20.0);
        assertThat(judge.findings().get(0)).startsWith("yes: ");
    }

    @Test
    void whatANodeSaysOfItselfCountsForNothing() {
        house.hear("airco/action", "heating").room(18.0);
        judge.sees(house.at(6));
        house.hear("airco/action", "idle").room(20.0);
        judge.sees(house.at(17));

        assertThat(judge.findings().get(0)).startsWith("no:  ").contains("heating never went on");
    }

    @Test
    void whatIsNotHeardIsNotJudgedUntilItIsHeardAgain() {
        house.room(18.0).heating = true;
        judge.sees(house.at(6));
        house.hearNothingOf("sensor/temperature").heating = false;
        judge.sees(house.at(17));
        assertThat(judge.findings().get(0)).startsWith("no:  ").contains("not off yet");

        house.room(19.95);
        judge.sees(house.at(18));

        assertThat(judge.findings().get(0)).startsWith("yes: ");
    }

    @Test
    void bothRelaysOnTogetherSpoilEverything() {
        heat(18.0, 20.0);
        cool(22.0, 20.0);
        driveHomeToCoffee();
        house.heating = true;
        house.cooling = true;

        judge.sees(house.at(90));

        assertThat(judge.content()).isFalse();
        assertThat(judge.findings()).contains("no:  heating and cooling were on together at 13:00");
    }

    @Test
    void coffeeThatIsNotReadyInTimeIsNot() {
        leave();
        announce();
        house.brewing = true;
        judge.sees(house.at(70));

        arrive();

        assertThat(coffee())
                .isEqualTo("no:  the coffee was ready when the car came home"
                        + " (car home 12:45, but the coffee was not ready)");
    }

    @Test
    void coffeeOfLastTripIsNotFresh() {
        leave();
        announce();
        house.brewing = true;
        judge.sees(house.at(60));
        house.cupReadyForMin = 6;

        arrive();

        assertThat(coffee()).startsWith("no:  ").contains("no longer fresh");
    }

    @Test
    void coffeeMadeBeforeTheCarSaidAnythingIsChance() {
        leave();
        house.brewing = true;
        judge.sees(house.at(60));
        announce();
        house.cupReadyForMin = 1;

        arrive();

        assertThat(coffee()).startsWith("no:  ").contains("the machine did not go on after it said so");
    }

    @Test
    void aCarThatSaidNothingDoesNotCount() {
        leave();
        house.brewing = true;
        house.cupReadyForMin = 1;

        arrive();

        assertThat(coffee()).startsWith("no:  ").contains("it had not said it was coming");
    }

    @Test
    void theHouseMustBeToldThatTheCarIsHome() {
        driveHome();
        assertThat(coffee()).startsWith("no:  ").contains("the house was not told it is home");

        house.hear("car/presence", "home");
        judge.sees(house.at(76));

        assertThat(coffee()).startsWith("yes: ");
    }

    private String coffee() {
        return judge.findings().get(2);
    }

    private void heat(double from, double to) {
        judge.sees(house.at(1));
        house.room(from).heating = true;
        judge.sees(house.at(6));
        house.room(to).heating = false;
        judge.sees(house.at(17));
    }

    private void cool(double from, double to) {
        house.room(from).cooling = true;
        judge.sees(house.at(60));
        house.room(to).cooling = false;
        judge.sees(house.at(70));
    }

    private void driveHomeToCoffee() {
        driveHome();
        house.hear("car/presence", "home");
        judge.sees(house.at(76));
    }

    private void driveHome() {
        leave();
        announce();
        house.brewing = true;
        judge.sees(house.at(70));
        house.cupReadyForMin = 1;
        arrive();
    }

    private void leave() {
        house.hear("car/presence", "away");
        judge.sees(house.at(55));
    }

    private void announce() {
        house.hear("car/approach", COMING).hear("car/presence", "approaching");
        judge.sees(house.at(65));
    }

    private void arrive() {
        house.carHome = true;
        judge.sees(house.at(75));
    }
}
