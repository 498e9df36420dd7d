package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import hearth.common.value.Position;
import org.junit.jupiter.api.Test;

/** Which fixes count, and what is published of them. */
final class CarPositionTest {

    private static final Position NULL_ISLAND = new Position(0, 0);

    @Test
    void itIsHomeUntilItIsThreeHundredMetresAway() {
        CarScenario car = CarScenario.from(200).standing("10s");
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);

        car.to(140, 2).to(290, 2);
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.HOME);

        car.to(310, 2).to(200, 2);
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void betweenTwoKilometresThePublishedOneStays() {
        CarScenario car = CarScenario.from(5_400)
                .to(5_590, 10)
                .to(5_610, 10)
                .to(5_410, 10)
                .to(5_590, 10);
        assertThat(car.published(Distance.TOPIC)).containsExactly(new Distance(5), new Distance(6));

        car.to(5_390, 10);

        assertThat(car.latest(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void aFixWithoutAnErrorOfItsOwnIsAccepted() {
        CarScenario car = CarScenario.from(5_000).fix(CarScenario.at(5_000), 0);

        assertThat(car.latest(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void thePositionZeroZeroIsAlwaysIgnored() {
        CarScenario car = CarScenario.from(5_000);
        for (int i = 0; i < 5; i++) {
            car.fix(NULL_ISLAND, 3);
        }
        assertThat(car.published(Distance.TOPIC)).isEmpty();

        car.standing("1m");
        for (int i = 0; i < 5; i++) {
            car.fix(NULL_ISLAND, 3);
        }
        assertThat(car.published(Distance.TOPIC)).containsExactly(new Distance(5));
    }

    @Test
    void aMinuteOfImplausibleFixesIsAFault() {
        CarScenario car = CarScenario.from(5_000).standing("1m");

        for (int i = 0; i < 30; i++) {
            car.fix(CarScenario.at(50_000), 5).fix(CarScenario.at(90_000), 5);
        }

        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("gps-no-fix");
        assertThat(car.latest(Distance.TOPIC)).isEqualTo(new Distance(5));
    }

    @Test
    void aCarTransportedBetweenTwoFarPlacesIsStillAway() {
        CarScenario car = CarScenario.from(90_000)
                .standing("3m")
                .moveWithoutFixes(20_000, 1_000)
                .to(0, 20);

        assertThat(car.log()).matches("boot1-1 coming@1[0-9.]+km silence@0.1km");
    }

    @Test
    void anAnnouncedCarThatIsSuddenlyNearerStaysAnnounced() {
        CarScenario car = CarScenario.from(8_000)
                .to(4_000, 15)
                .moveWithoutFixes(2_000, 2_000)
                .to(0, 15);

        assertThat(car.log()).matches("boot1-1 coming@[78].[0-9]km silence@0.1km");
    }
}
