package hearth.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.value.Reading;
import hearth.simulator.plant.Car;
import hearth.simulator.plant.Commute;
import hearth.simulator.plant.Commute.Place;
import hearth.simulator.plant.DriveTest;
import hearth.simulator.terminal.Line;
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
class WishesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private final List<Line> told = new ArrayList<>();
    private House house;
    private Wishes wishes;
    private Narrator narrator;

    @BeforeEach
    void live() throws IOException {
        Commute commute = new Commute(
                DriveTest.wayHome(), Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));
        house = new House(folder, new Car(commute));
        house.feel();
        wishes = new Wishes(house, new Watch(Optional.empty(), line -> {}), Optional.empty());
        narrator = new Narrator(told::add, List.of(), house.look(Map.of()));
    }

    @Test
    void aWireIsUnpluggedShortedAndMendedForBothSensorsOfTheRoom() throws Exception {
        for (String sensor : List.of("sensor/w1", "airco/w1")) {
            W1Thermometer thermometer = new W1Thermometer(folder.resolve(sensor), "");
            assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);

            grant("sensor/set", "unplugged");
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-no-data");
            grant("sensor/set", "shorted");
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-short");
            house.passUntil(house.age().plusMinutes(30)); // The room goes on, and is not felt.
            assertThat(((Reading.Failed) thermometer.read()).code()).isEqualTo("sensor-short");
            grant("sensor/set", "{\"id\":\"a1\",\"value\":\"well\"}");
            assertThat(thermometer.read()).isInstanceOf(Reading.Measured.class);
        }
        assertThat(told).hasSize(6);
    }

    @Test
    void theCarComesWhenItIsCalledAndGoesWhenItIsSent() throws Exception {
        assertThat(objection("car/set", "out")).isEqualTo("the car is out");
        grant("car/set", "home");
        house.passUntil(Duration.ofMinutes(5));
        assertThat(objection("car/set", "home")).isEqualTo("the car is on the road");
        house.passUntil(Duration.ofMinutes(30));
        assertThat(house.look(Map.of()).carHome()).isTrue();
        assertThat(objection("car/set", "home")).isEqualTo("the car is at home");

        grant("car/set", "out");

        assertThat(house.car().at(house.age()).place()).isEqualTo(Place.DRIVING_TO_WORK);
    }

    @Test
    void aBrokerOfSomebodyElseIsNotStopped() throws Malformed {
        assertThat(wishes.mayStopTheBroker()).isFalse();
        assertThat(objection("broker/set", "rest")).contains("not the demo's to stop");
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
            assertThatThrownBy(() -> Wish.read(wish[0], wish[1].getBytes(UTF_8)))
                    .as(String.join(" ", wish))
                    .isInstanceOf(Malformed.class);
        }
    }

    private String objection(String name, String payload) throws Malformed {
        return wishes.objectionTo(Wish.read(name, payload.getBytes(UTF_8)).value());
    }

    private void grant(String name, String payload) throws Malformed, IOException {
        Command<Wish> command = Wish.read(name, payload.getBytes(UTF_8));
        assertThat(wishes.objectionTo(command.value())).isEmpty();
        wishes.grant(command.value(), narrator);
    }
}
