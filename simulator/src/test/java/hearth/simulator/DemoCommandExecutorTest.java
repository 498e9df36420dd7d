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

/** The demo commands of the page, executed and rejected, in virtual time. */
class DemoCommandExecutorTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private final List<StoryLine> printed = new ArrayList<>();
    private House house;
    private DemoCommandExecutor commandExecutor;
    private StoryPrinter printer;

    @BeforeEach
    void createHouse() throws IOException {
        Commute commute = new Commute(
                GpxTrackTest.routeHome(), Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));
        house = new House(folder, new Car(commute));
        house.writeSensorFiles();
        commandExecutor =
                new DemoCommandExecutor(house, new ProcessSupervisor(Optional.empty(), line -> {}), Optional.empty());
        printer = new StoryPrinter(printed::add, List.of(), house.snapshot(Map.of()));
    }

    @Test
    void theWiresOfBothSensorsAreUnpluggedShortedAndRepaired() throws Exception {
        for (String sensor : List.of("sensor/w1", "airco/w1")) {
            W1Thermometer thermometer = new W1Thermometer(folder.resolve(sensor), "");
            assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);

            execute("sensor/set", "unplugged");
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-no-data");
            execute("sensor/set", "shorted");
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-short");
            house.advanceTo(house.elapsed().plusMinutes(30)); // The room changes, but the sensor does not measure it.
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-short");
            execute("sensor/set", "{\"id\":\"a1\",\"value\":\"well\"}");
            assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);
        }
        assertThat(printed).hasSize(6);
    }

    @Test
    void theCarComesHomeAndLeavesOnCommand() throws Exception {
        assertThat(rejection("car/set", "out")).isEqualTo("the car is already out");
        execute("car/set", "home");
        house.advanceTo(Duration.ofMinutes(5));
        assertThat(rejection("car/set", "home")).isEqualTo("the car is on the road");
        house.advanceTo(Duration.ofMinutes(30));
        assertThat(house.snapshot(Map.of()).carHome()).isTrue();
        assertThat(rejection("car/set", "home")).isEqualTo("the car is already at home");

        execute("car/set", "out");

        assertThat(house.car().at(house.elapsed()).place()).isEqualTo(CarPlace.DRIVING_TO_WORK);
    }

    @Test
    void aBrokerThatTheDemoDidNotStartIsNotStopped() throws Malformed {
        assertThat(commandExecutor.canStopBroker()).isFalse();
        assertThat(rejection("broker/set", "rest")).contains("did not start this broker");
    }

    @Test
    void malformedDemoCommandsAreRejected() {
        for (String[] command : new String[][] {
            {"sensor/set", "cut"},
            {"sensor/set", ""},
            {"car/set", "HOME"},
            {"broker/set", "stop"},
            {"house/set", "x"},
            {"car/set", "{\"id\":\"a 1\",\"value\":\"home\"}"},
            {"car/set", "{\"value\":\"home\",\"now\":true}"}
        }) {
            assertThatThrownBy(() -> DemoCommand.read(command[0], command[1].getBytes(UTF_8)))
                    .as(String.join(" ", command))
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
