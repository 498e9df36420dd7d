package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.simulator.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    private final SnapshotBuilder snapshots = new SnapshotBuilder().message("car/distance", "13");
    private final StatusLine status = new StatusLine(Terminal.of(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false, Map.of()));

    @Test
    void theStateOfTheHouseIsOneLine() {
        status.render(snapshots.room(18.0).at(0));
        snapshots.heating = true;

        assertThat(status.render(snapshots.room(20.0).at(6)))
                .isEqualTo("11:36  20.0 °C  ▁█  heating  outside 12.3 °C  car 13 km");
    }

    @Test
    void coffeeIsBrewingThenReady() {
        snapshots.brewing = true;
        snapshots.cooling = true;
        assertThat(status.render(snapshots.at(0))).contains("  cooling  coffee brewing  ");

        snapshots.cupReadyForMin = 0;
        snapshots.carHome = true;
        assertThat(status.render(snapshots.at(1))).contains("coffee ready").endsWith("  car home");
    }

    @Test
    void withoutABrokerTheSimulatedTemperatureIsShown() {
        assertThat(status.render(snapshots.withoutMessage("sensor/temperature").at(0)))
                .contains("18.4 °C");
    }
}
