package hearth.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.value.Reading;
import hearth.simulator.plant.Car;
import hearth.simulator.plant.Commute;
import hearth.simulator.plant.Commute.CarPlace;
import hearth.simulator.plant.GpxTrackTest;
import hearth.simulator.terminal.StoryLine;
import hearth.thermostat.W1Thermometer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at the page may do to the house, granted and not, in virtual time. */
class DemoCommandExecutorTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private final List<StoryLine> printed = new ArrayList<>();
    private House house;
    private DemoCommandExecutor commandExecutor;
    private StoryPrinter printer;

    @BeforeEach
    void advanceAMinute() throws IOException {
        Commute commute = new Commute(
                GpxTrackTest.routeHome(), Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));
        house = new House(folder, new Car(commute));
        house.writeSensorFiles();
        commandExecutor =
                new DemoCommandExecutor(house, new ProcessSupervisor(Optional.empty(), line -> {}), Optional.empty());
        printer = new StoryPrinter(printed::add, List.of(), house.snapshot(Map.of()));
    }

    @Test
    void aWireIsUnpluggedShortedAndMendedForBothSensorsOfTheRoom() throws Exception {
        for (String sensor : List.of("sensor/w1", "airco/w1")) {
            W1Thermometer thermometer = new W1Thermometer(folder.resolve(sensor), "");
            assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);

            execute("sensor/set", "unplugged");
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-no-data");
            execute("sensor/set", "shorted");
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-short");
            house.advanceTo(house.elapsed().plusMinutes(30)); // The room goes on, and is not felt.
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-short");
            execute("sensor/set", "{\"id\":\"a1\",\"value\":\"well\"}");
            assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);
        }
        assertThat(printed).hasSize(6);
    }

    @Test
    void theCarComesWhenItIsCalledAndGoesWhenItIsSent() throws Exception {
        assertThat(rejection("car/set", "out")).isEqualTo("the car is out");
        execute("car/set", "home");
        house.advanceTo(Duration.ofMinutes(5));
        assertThat(rejection("car/set", "home")).isEqualTo("the car is on the road");
        house.advanceTo(Duration.ofMinutes(30));
        assertThat(house.snapshot(Map.of()).carHome()).isTrue();
        assertThat(rejection("car/set", "home")).isEqualTo("the car is at home");

        execute("car/set", "out");

        assertThat(house.car().at(house.elapsed()).place()).isEqualTo(CarPlace.DRIVING_TO_WORK);
    }

    @Test
    void aBrokerOfSomebodyElseIsNotStopped() throws Malformed {
        assertThat(commandExecutor.canStopBroker()).isFalse();
        assertThat(rejection("broker/set", "rest")).contains("not the demo's to stop");
    }

    @Test
    void nonsenseIsNoWish() {
        for (String[] wish : new String[][] {
            {"sensor/set", "cut"},
            {"sensor/set", ""},
            {"car/set", "HOME"},
            {"broker/set", "stop"},
            {"house/set", "x"},
            {"car/set", "{\"id\":\"a 1\",\"value\":\"home\"}"},
            {"car/set", "{\"value\":\"home\",\"now\":true}"}
        }) {
            assertThatThrownBy(() -> DemoCommand.read(wish[0], wish[1].getBytes(UTF_8)))
                    .as(String.join(" ", wish))
                    .isInstanceOf(Malformed.class);
        }
    }

    private String rejection(String name, String payload) throws Malformed {
        return commandExecutor.rejectionOf(
                DemoCommand.read(name, payload.getBytes(UTF_8)).value());
    }

    private void execute(String name, String payload) throws Malformed, IOException {
        Command<DemoCommand> command = DemoCommand.read(name, payload.getBytes(UTF_8));
        assertThat(commandExecutor.rejectionOf(command.value())).isEmpty();
        commandExecutor.execute(command.value(), printer);
    }
}
