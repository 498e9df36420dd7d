package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import hearth.common.value.Position;
import org.junit.jupiter.api.Test;

/** Where it is: which fixes count, and what is told of them. */
final class CarPositionTest {

    private static final Position NULL_ISLAND = new Position(0, 0);

    @Test
    void itIsHomeInTheDriveAndUntilItIsOutOfTheStreet() {
        CarScenario drive = CarScenario.from(200).standing("10s");
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);

        drive.to(140, 2).to(290, 2);
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.HOME);

        drive.to(310, 2).to(200, 2);
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void betweenTwoKilometresItStaysAtTheOneItTold() {
        CarScenario drive = CarScenario.from(5_400)
                .to(5_590, 10)
                .to(5_610, 10)
                .to(5_410, 10)
                .to(5_590, 10);
        assertThat(drive.published(Distance.TOPIC)).containsExactly(new Distance(5), new Distance(6));

        drive.to(5_390, 10);

        assertThat(drive.latest(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void aReceiverThatClaimsToBeExactIsBelieved() {
        CarScenario drive = CarScenario.from(5_000).fix(CarScenario.at(5_000), 0);

        assertThat(drive.latest(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void nullIslandIsNoPlaceHoweverOftenAndFirmlyItIsSaid() {
        CarScenario drive = CarScenario.from(5_000);
        for (int i = 0; i < 5; i++) {
            drive.fix(NULL_ISLAND, 3);
        }
        assertThat(drive.published(Distance.TOPIC)).isEmpty();

        drive.standing("1m");
        for (int i = 0; i < 5; i++) {
            drive.fix(NULL_ISLAND, 3);
        }
        assertThat(drive.published(Distance.TOPIC)).containsExactly(new Distance(5));
    }

    @Test
    void aReceiverThatIsDoubtedForAMinuteIsAsGoodAsSilent() {
        CarScenario drive = CarScenario.from(5_000).standing("1m");

        for (int i = 0; i < 30; i++) {
            drive.fix(CarScenario.at(50_000), 5).fix(CarScenario.at(90_000), 5);
        }

        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("gps-no-fix");
        assertThat(drive.latest(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void aCarThatFlewFromOneFarPlaceToAnotherIsStillOnItsWayOut() {
        CarScenario drive = CarScenario.from(90_000)
                .standing("3m")
                .moveWithoutFixes(20_000, 1_000)
                .to(0, 20);

        assertThat(drive.log()).matches("boot1-1 coming@1[0-9.]+km silence@0.1km");
    }

    @Test
    void aCarThatIsComingAndSuddenlyNearerIsStillComing() {
        CarScenario drive = CarScenario.from(8_000)
                .to(4_000, 15)
                .moveWithoutFixes(2_000, 2_000)
                .to(0, 15);

        assertThat(drive.log()).matches("boot1-1 coming@[78].[0-9]km silence@0.1km");
    }
}
