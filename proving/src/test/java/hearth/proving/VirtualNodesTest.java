package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Incoming;
import hearth.common.value.Celsius;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.common.value.Reading;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualNodes;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes together in virtual time: the owner's story, and faults between the nodes. */
class VirtualNodesTest {

    private static final int HEAT = 17;
    private static final int COOL = 27;
    private static final int MACHINE = 22;
    private static final Position HOME = new Position(52.0, 5.0);

    @TempDir
    private Path stateFolder;

    private VirtualNodes nodes;

    @BeforeEach
    void newNodes() {
        nodes = new VirtualNodes(stateFolder);
    }

    /** Every second airco has a higher target; the others need neither heating nor cooling. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void oneTemperatureReachesAllSubscribersAndOnlyThoseThatNeedItAct(int subscribers) {
        MemoryHal sensor = nodes.start(new ThermostatNode(), "sensor");
        List<MemoryHal> aircos = new ArrayList<>();
        for (int i = 0; i < subscribers; i++) {
            String target = i % 2 == 0 ? "20.0" : "18.0";
            aircos.add(airco("airco" + i, "airco.target = " + target));
        }

        sensor.setReading(measured(18.0));
        nodes.advance(Duration.ofMinutes(6));

        assertThat(stored("sensor/temperature")).isEqualTo("18.00");
        for (int i = 0; i < subscribers; i++) {
            assertThat(aircos.get(i).isOn(HEAT)).as("airco%d heats", i).isEqualTo(i % 2 == 0);
            assertThat(aircos.get(i).isOn(COOL)).as("airco%d cools", i).isFalse();
        }
    }

    @Test
    void theRoomIsHeatedFromEighteenAndCooledFromTwentyTwoDegrees() {
        MemoryHal sensor = nodes.start(new ThermostatNode(), "sensor");
        MemoryHal airco = airco("airco");
        List<String> seen = new ArrayList<>();

        for (double degrees : new double[] {19.0, 18.0, 19.9375, 20.0, 21.9375, 22.0, 20.0625, 20.0}) {
            sensor.setReading(measured(degrees));
            nodes.advance(Duration.ofMinutes(10));
            seen.add(degrees + (airco.isOn(HEAT) ? " heat" : airco.isOn(COOL) ? " cool" : ""));
        }

        assertThat(seen)
                .containsExactly(
                        "19.0", "18.0 heat", "19.9375 heat", "20.0", "21.9375", "22.0 cool", "20.0625 cool", "20.0");
        assertThat(stored("airco/action")).isEqualTo("idle");
    }

    @Test
    void theCoffeeIsReadyWhenTheCarComesHome() {
        MemoryHal car = nodes.start(new CarNode(), "car", "car.home = 52.0, 5.0");
        MemoryHal coffee = coffee();

        drive(car, 15_000, 9_000);
        assertThat(stored("coffee/phase")).isEqualTo("idle");

        drive(car, 9_000, 0);
        assertThat(stored("car/presence")).isEqualTo("home");
        assertThat(stored("coffee/phase")).isEqualTo("keeping-warm");
        assertThat(coffee.isOn(MACHINE)).isTrue();

        nodes.advance(Duration.ofMinutes(30));
        assertThat(coffee.isOn(MACHINE)).isFalse();
        assertThat(stored("coffee/phase")).isEqualTo("idle");
    }

    @Test
    @Fault("C7")
    void anApproachDeliveredThreeTimesAndAfterRestartsCausesOneBrew() {
        coffee();
        for (int i = 0; i < 3; i++) {
            publish("car/approach", "{\"trip\":\"trip-1\",\"eta_s\":400}", true);
            nodes.advance(Duration.ofSeconds(5));
        }
        nodes.advance(Duration.ofMinutes(2));
        assertThat(stored("coffee/phase")).isEqualTo("brewing");

        int brews = 0;
        for (int restart = 0; restart < 3; restart++) {
            nodes.powerCut("coffee");
            MemoryHal coffee = coffee();
            publish("car/approach", "{\"trip\":\"trip-1\",\"eta_s\":60}", true);
            for (int minute = 0; minute < 60; minute++) {
                nodes.advance(Duration.ofMinutes(1));
                brews += coffee.isOn(MACHINE) ? 1 : 0;
            }
        }

        assertThat(brews).as("minutes of brewing after the first brew").isZero();
    }

    @Test
    void afterAPowerCutWhileHeatingTheAircoPausesAndKeepsTheTarget() {
        MemoryHal sensor = nodes.start(new ThermostatNode(), "sensor");
        airco("airco");
        sensor.setReading(measured(18.0));
        publish("airco/target/set", "21.5", false);
        nodes.advance(Duration.ofMinutes(6));
        assertThat(stored("airco/action")).isEqualTo("heating");

        nodes.powerCut("airco");
        assertThat(stored("airco/status")).isEqualTo("offline");
        MemoryHal airco = airco("airco");

        assertThat(stored("airco/target")).isEqualTo("21.5");
        nodes.advance(Duration.ofMinutes(4).plusSeconds(50));
        assertThat(airco.isOn(HEAT)).as("the minimum pause after a boot").isFalse();
        nodes.advance(Duration.ofSeconds(20));
        assertThat(airco.isOn(HEAT)).isTrue();
    }

    @Test
    @Fault("E3")
    void afterABrokerLostItsDataAllStatesArePublishedAgain() {
        MemoryHal local = nodes.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17", "airco.cool.gpio = 27");
        local.setReading(measured(18.0));
        nodes.broker().stop();
        nodes.advance(Duration.ofMinutes(6));
        assertThat(local.isOn(HEAT)).as("it still heats without a network").isTrue();

        nodes.broker().start(true);
        nodes.advance(Duration.ofSeconds(5));

        assertThat(stored("airco/status")).isEqualTo("online");
        assertThat(stored("airco/action")).isEqualTo("heating");
        assertThat(stored("airco/target")).isEqualTo("20.0");
        assertThat(stored("airco/temperature")).isEqualTo("18.00");
    }

    @Test
    void aSilentSensorStopsTheAircoOnTheOtherMachine() {
        MemoryHal sensor = nodes.start(new ThermostatNode(), "sensor");
        MemoryHal airco = airco("airco");
        sensor.setReading(measured(17.0));
        nodes.advance(Duration.ofMinutes(6));
        assertThat(airco.isOn(HEAT)).isTrue();

        nodes.powerCut("sensor");
        nodes.advance(Duration.ofSeconds(31));

        assertThat(airco.isOn(HEAT)).isFalse();
        assertThat(stored("airco/fault")).isEqualTo("no-reading");
    }

    @Test
    void aResetClearsTheStateLostFaultOfASensor() throws IOException {
        Files.writeString(stateFolder.resolve("sensor.state"), "torn");
        MemoryHal sensor = nodes.start(new ThermostatNode(), "sensor");
        sensor.setReading(measured(20.0));
        nodes.advance(Duration.ofMinutes(1));
        assertThat(stored("sensor/fault")).isEqualTo("state-lost");

        publish("sensor/reset/set", "PRESS", false);
        nodes.advance(Duration.ofSeconds(1));

        assertThat(stored("sensor/fault")).isEqualTo("none");
    }

    private MemoryHal airco(String name, String... more) {
        List<String> settings =
                new ArrayList<>(List.of("airco.sources = sensor", "airco.heat.gpio = 17", "airco.cool.gpio = 27"));
        settings.addAll(List.of(more));
        return nodes.start(new ThermostatNode(), name, settings.toArray(String[]::new));
    }

    private MemoryHal coffee() {
        return nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
    }

    /** Drives straight home at 15 m/s, with one fix per second. */
    private void drive(MemoryHal car, double fromM, double toM) {
        double degreesPerMetre = 1 / 111_195.0;
        for (double m = fromM; m >= toM; m -= 15) {
            car.emitFix(new Fix(new Position(HOME.latitudeDeg() + m * degreesPerMetre, HOME.longitudeDeg()), 5));
            nodes.advance(Duration.ofSeconds(1));
        }
    }

    private void publish(String topic, String payload, boolean retained) {
        long expiryS = retained ? 600 : Incoming.ABSENT;
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        nodes.broker().publish(new Incoming("home/" + topic, bytes, retained, expiryS, expiryS), 1);
    }

    private String stored(String topic) {
        return nodes.broker()
                .stored("home/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    private static Reading measured(double degrees) {
        return new Reading.Measured(Celsius.of(degrees));
    }
}
