package hearth.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aRoomInEquilibriumKeepsItsTemperature() {
        Room room = new Room(15, 15);

        room.advance(Duration.ofHours(10), 15, 0, false, false);

        assertThat(room.airC()).isEqualTo(15);
        assertThat(room.wallsC()).isEqualTo(15);
    }

    @Test
    void theHeaterWarmsTheAirFirstAndTheWallsSlowly() {
        Room room = new Room(18, 18);

        room.advance(Duration.ofMinutes(10), 8, 0, true, false);

        assertThat(room.airC()).isBetween(19.5, 20.5);
        assertThat(room.wallsC()).isBetween(17.9, 18.1);
    }

    @Test
    void theCoolerCoolsInFullSun() {
        Room room = new Room(22, 18.5);

        room.advance(Duration.ofMinutes(10), 13, 2_000, false, true);

        assertThat(room.airC()).isLessThan(20.5);
    }

    @Test
    void theRoomSettlesWhereTheHeaterEqualsTheLosses() {
        Room room = new Room(18, 18);

        room.advance(Duration.ofDays(10), 0, 0, true, false);

        // Calculated by hand: 1500 W leave through 30 W/K, in parallel with 130 and 40 W/K in series.
        double outW = 30 + 130 * 40 / 170.0;
        assertThat(room.airC()).isCloseTo(1500 / outW, within(0.01));
    }

    @Test
    void manyShortStepsAndOneLongStepGiveTheSameTemperature() {
        Room oneLong = new Room(18, 17);
        Room manyShort = new Room(18, 17);

        oneLong.advance(MINUTE, 5, 300, true, false);
        for (int i = 0; i < 600; i++) {
            manyShort.advance(Duration.ofMillis(100), 5, 300, true, false);
        }

        assertThat(manyShort.airC()).isCloseTo(oneLong.airC(), within(0.001));
    }
}
