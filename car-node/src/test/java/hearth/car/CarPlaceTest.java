package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Common;
import hearth.common.value.Position;
import org.junit.jupiter.api.Test;

/** Where it is: which fixes count, and what is told of them. */
final class CarPlaceTest {

    private static final Position NULL_ISLAND = new Position(0, 0);

    @Test
    void itIsHomeInTheDriveAndUntilItIsOutOfTheStreet() {
        Drive drive = Drive.from(200).standing("10s");
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.AWAY);

        drive.to(140, 2).to(290, 2);
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.HOME);

        drive.to(310, 2).to(200, 2);
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void betweenTwoKilometresItStaysAtTheOneItTold() {
        Drive drive =
                Drive.from(5_400).to(5_590, 10).to(5_610, 10).to(5_410, 10).to(5_590, 10);
        assertThat(drive.all(Distance.TOPIC)).containsExactly(new Distance(5), new Distance(6));

        drive.to(5_390, 10);

        assertThat(drive.says(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void aReceiverThatClaimsToBeExactIsBelieved() {
        Drive drive = Drive.from(5_000).fix(Drive.at(5_000), 0);

        assertThat(drive.says(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void nullIslandIsNoPlaceHoweverOftenAndFirmlyItIsSaid() {
        Drive drive = Drive.from(5_000);
        for (int i = 0; i < 5; i++) {
            drive.fix(NULL_ISLAND, 3);
        }
        assertThat(drive.all(Distance.TOPIC)).isEmpty();

        drive.standing("1m");
        for (int i = 0; i < 5; i++) {
            drive.fix(NULL_ISLAND, 3);
        }
        assertThat(drive.all(Distance.TOPIC)).containsExactly(new Distance(5));
    }

    @Test
    void aReceiverThatIsDoubtedForAMinuteIsAsGoodAsSilent() {
        Drive drive = Drive.from(5_000).standing("1m");

        for (int i = 0; i < 30; i++) {
            drive.fix(Drive.at(50_000), 5).fix(Drive.at(90_000), 5);
        }

        assertThat(drive.says(Common.FAULT)).isEqualTo("gps-no-fix");
        assertThat(drive.says(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void aCarThatFlewFromOneFarPlaceToAnotherIsStillOnItsWayOut() {
        Drive drive = Drive.from(90_000).standing("3m").unheardTo(20_000, 1_000).to(0, 20);

        assertThat(drive.said()).matches("boot1-1 coming@1[0-9.]+km silence@0.1km");
    }

    @Test
    void aCarThatIsComingAndSuddenlyNearerIsStillComing() {
        Drive drive = Drive.from(8_000).to(4_000, 15).unheardTo(2_000, 2_000).to(0, 15);

        assertThat(drive.said()).matches("boot1-1 coming@[78].[0-9]km silence@0.1km");
    }
}
