package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.simulator.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    private final Sights house = new Sights().hear("car/distance", "13");
    private final StatusLine status = new StatusLine(Terminal.of(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false, Map.of()));

    @Test
    void theHouseStandsInOneLine() {
        status.of(house.room(18.0).at(0));
        house.heating = true;

        assertThat(status.of(house.room(20.0).at(6)))
                .isEqualTo("11:36  20.0 °C  ▁█  heating  outside 12.3 °C  car 13 km");
    }

    @Test
    void coffeeIsBrewingThenReady() {
        house.brewing = true;
        house.cooling = true;
        assertThat(status.of(house.at(0))).contains("  cooling  coffee brewing  ");

        house.cupReadyForMin = 0;
        house.carHome = true;
        assertThat(status.of(house.at(1))).contains("coffee ready").endsWith("  car home");
    }

    @Test
    void withoutABrokerItIsWhatTheSensorFeels() {
        assertThat(status.of(house.hearNothingOf("sensor/temperature").at(0))).contains("18.4 °C");
    }
}
