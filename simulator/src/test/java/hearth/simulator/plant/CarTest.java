package hearth.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.simulator.plant.Commute.CarPlace;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CarTest {

    private final Commute commute = new Commute(
            GpxTrackTest.routeHome(), Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));

    private final Car car = new Car(commute);

    CarTest() throws IOException {}

    @Test
    void withoutACommandItFollowsTheCommute() {
        for (int minute = 0; minute < 700; minute++) {
            Duration at = Duration.ofMinutes(minute);
            assertThat(car.at(at)).isEqualTo(commute.at(at));
        }
    }

    @Test
    void itDepartsOnCommandAndArrivesAfterTheDurationOfTheTrip() {
        Duration now = Duration.ofMinutes(10);
        Duration drive = commute.routeHome().duration();

        assertThat(car.depart(CarPlace.AT_WORK, now)).isTrue();
        assertThat(car.at(now).place()).isEqualTo(CarPlace.DRIVING_HOME);
        assertThat(car.at(now.plus(drive)).place()).isEqualTo(CarPlace.AT_HOME);

        Duration later = now.plus(drive).plusMinutes(5);
        assertThat(car.depart(CarPlace.AT_HOME, later)).isTrue();
        assertThat(car.at(later).place()).isEqualTo(CarPlace.DRIVING_TO_WORK);
        assertThat(car.at(later.plus(drive)).place()).isEqualTo(CarPlace.AT_WORK);
        assertThat(car.depart(CarPlace.AT_WORK, later.plus(drive))).isTrue();
    }

    @Test
    void itDoesNotDepartFromAPlaceWhereItIsNot() {
        assertThat(car.depart(CarPlace.AT_HOME, Duration.ofMinutes(10))).isFalse();
        assertThat(car.depart(CarPlace.AT_WORK, Duration.ofMinutes(60))).isFalse();
        assertThat(car.at(Duration.ofMinutes(60))).isEqualTo(commute.at(Duration.ofMinutes(60)));
    }

    @Test
    void itNeverJumps() {
        var before = car.at(Duration.ZERO).position();
        for (int second = 1; second < 300 * 60; second++) {
            Duration now = Duration.ofSeconds(second);
            if (second % 601 == 0) {
                assertThat(car.depart(CarPlace.AT_WORK, now) && car.depart(CarPlace.AT_HOME, now))
                        .isFalse();
            }
            var position = car.at(now).position();

            assertThat(before.metresTo(position)).isLessThan(25);
            before = position;
        }
    }
}
