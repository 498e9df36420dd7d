package hearth.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.simulator.plant.Commute.CarPlace;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommuteTest {

    private final GpxTrack routeHome = GpxTrackTest.routeHome();
    private final Commute commute =
            new Commute(routeHome, Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));

    CommuteTest() throws IOException {}

    @Test
    void theCarComesHomeAndLeavesAgainDayAfterDay() {
        assertThat(placeAt(0)).isEqualTo(CarPlace.AT_WORK);
        assertThat(placeAt(54)).isEqualTo(CarPlace.AT_WORK);
        assertThat(placeAt(56)).isEqualTo(CarPlace.DRIVING_HOME);
        assertThat(placeAt(76)).isEqualTo(CarPlace.AT_HOME);
        assertThat(placeAt(174)).isEqualTo(CarPlace.AT_HOME);
        assertThat(placeAt(176)).isEqualTo(CarPlace.DRIVING_TO_WORK);
        assertThat(placeAt(200)).isEqualTo(CarPlace.AT_WORK);
        assertThat(placeAt(56 + 300)).isEqualTo(CarPlace.DRIVING_HOME);
        assertThat(placeAt(78 + 10 * 300)).isEqualTo(CarPlace.AT_HOME);
    }

    @Test
    void theCarNeverJumps() {
        var before = commute.at(Duration.ZERO).position();
        for (int second = 1; second < 2 * 300 * 60; second++) {
            var now = commute.at(Duration.ofSeconds(second)).position();

            assertThat(before.metresTo(now)).isLessThan(25);
            before = now;
        }
    }

    @Test
    void itIsHomeAtTheEndOfTheTrack() {
        assertThat(commute.at(Duration.ofMinutes(100)).position()).isEqualTo(routeHome.end());
        assertThat(commute.at(Duration.ofMinutes(100)).speedMps()).isZero();
    }

    private CarPlace placeAt(long minutes) {
        return commute.at(Duration.ofMinutes(minutes)).place();
    }
}
