package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Subscription;
import hearth.common.value.Celsius;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.common.value.Reading;
import hearth.testkit.MemoryHal;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A car on a mobile network that is not everywhere, and a broker that is away: what is said once they meet again. */
class CoverageTest {

    private static final Position HOME = new Position(52.0, 5.0);
    private static final double MPS = 15;
    private static final List<String> CARS = List.of("car/approach", "car/presence", "car/distance", "car/fault");

    @TempDir
    private Path memories;

    private VirtualHouse house;
    private MemoryHal car;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void aCarAtWorkAndCoffeeAtHome() {
        house = new VirtualHouse(memories);
        house.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        car = house.start(new CarNode(), "car", "car.home = 52.0, 5.0");
        drive(14_000, 13_000);
        assertThat(stored("car/presence")).isEqualTo("away");
    }

    @Test
    void aTripAnnouncedWithoutCoverageIsSaidLateWithTheTimeThatIsLeft() {
        house.broker().unplug("car");
        stand(13_000, Duration.ofHours(5));
        drive(13_000, 5_400);
        assertThat(stored("car/approach")).isEqualTo("nothing");

        house.broker().plugIn("car");
        stand(5_400, Duration.ofSeconds(1));

        Incoming approach = house.broker().stored("home/car/approach").orElseThrow();
        assertThat(text(approach)).contains("\"eta_s\":600");
        assertThat(approach.lifetimeS()).isEqualTo(600);
        assertThat(approach.remainingS()).as("5.4 km at 15 m/s").isBetween(350L, 365L);
        assertThat(stored("car/presence")).isEqualTo("approaching");
        drive(5_400, 150);
        stand(150, Duration.ofSeconds(30));
        assertThat(stored("coffee/phase")).as("the cup, when it is home").isEqualTo("keeping-warm");
    }

    @Test
    void aTripThatIsOverIsNotReplayedAndItsPresenceIsRight() {
        house.broker().unplug("car");
        stand(13_000, Duration.ofHours(3));
        drive(13_000, 0);
        stand(0, Duration.ofMinutes(1));
        listenTo(CARS);

        house.broker().plugIn("car");
        stand(0, Duration.ofMinutes(30));

        assertThat(heard)
                .containsExactlyInAnyOrder("car/presence home", "car/distance 0", "car/fault none")
                .doesNotContain("car/presence approaching");
        assertThat(stored("coffee/phase")).isEqualTo("idle");
    }

    @Test
    void twoTripsWithoutCoverageAreNoCupAndTheThirdWithItIsOne() {
        house.broker().unplug("car");
        drive(13_000, 0);
        drive(0, 9_000);
        drive(9_000, 0);
        drive(0, 13_000);
        house.broker().plugIn("car");
        stand(13_000, Duration.ofMinutes(1));
        assertThat(stored("car/presence")).isEqualTo("away");
        assertThat(stored("coffee/phase")).isEqualTo("idle");

        drive(13_000, 0);

        assertThat(stored("car/presence")).isEqualTo("home");
        assertThat(stored("coffee/phase")).isEqualTo("keeping-warm");
    }

    /** An estimate that was told before the coverage went stands until it ends, and is not brewed for twice. */
    @Test
    void coverageLostInTheMidstOfATripIsOneCup() {
        listenTo(List.of("coffee/phase"));
        drive(13_000, 7_500);
        assertThat(stored("car/approach")).contains("-1\"");

        house.broker().unplug("car");
        drive(7_500, 2_000);
        house.broker().plugIn("car");
        drive(2_000, 0);
        stand(0, Duration.ofHours(1));

        assertThat(heard).containsOnlyOnce("coffee/phase brewing").endsWith("coffee/phase idle");
        assertThat(stored("car/presence")).isEqualTo("home");
        assertThat(stored("car/approach")).isEqualTo("nothing");
    }

    @Test
    @Fault("E15")
    void eightHoursWithoutABrokerEndWithTheLastOfEachStateAndNoBurst() {
        MemoryHal sensor = house.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        sensor.setReading(new Reading.Measured(Celsius.of(18.0)));
        house.pass(Duration.ofMinutes(6));
        assertThat(stored("airco/action")).isEqualTo("heating");

        house.broker().stop();
        for (int hour = 0; hour < 8; hour++) { // Each with a trip out and home, and a room warmed and cold again.
            sensor.setReading(new Reading.Measured(Celsius.of(18.0)));
            drive(13_000, 0);
            sensor.setReading(new Reading.Measured(Celsius.of(20.5)));
            drive(0, 13_000);
            stand(13_000, Duration.ofMinutes(31));
        }
        house.broker().start(false);
        List<String> states = new ArrayList<>(CARS);
        states.addAll(List.of("airco/temperature", "airco/action", "airco/target", "airco/fault", "coffee/phase"));
        listenTo(states);
        house.pass(Duration.ofSeconds(1)); // Less than until the next sample.

        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "car/presence away",
                        "car/distance 13",
                        "car/fault none",
                        "airco/temperature 20.50",
                        "airco/action idle",
                        "airco/target 20.0",
                        "airco/fault none",
                        "coffee/phase idle");
    }

    /** From now on, and not to what is in store: a broker says that in any case. */
    private void listenTo(List<String> topics) {
        Bus ear = house.broker().bus("ear", "home/ear/status");
        ear.connect(Duration.ZERO);
        for (String topic : topics) {
            ear.subscribe(
                    new Subscription("home/" + topic, 1, true),
                    message -> heard.add(topic + " " + text(message)),
                    Duration.ZERO);
        }
    }

    private void drive(double fromM, double toM) {
        double way = Math.signum(toM - fromM) * MPS;
        for (double m = fromM; (toM - m) * way > 0; m += way) {
            fix(m);
        }
        fix(toM);
    }

    private void stand(double atM, Duration time) {
        for (long s = time.toSeconds(); s > 0; s--) {
            fix(atM);
        }
    }

    /** Takes a second. */
    private void fix(double metresNorth) {
        car.emitFix(new Fix(new Position(HOME.latitudeDeg() + metresNorth / 111_195.0, HOME.longitudeDeg()), 5));
        house.pass(Duration.ofSeconds(1));
    }

    private String stored(String topic) {
        return house.broker().stored("home/" + topic).map(CoverageTest::text).orElse("nothing");
    }

    private static String text(Incoming message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }
}
