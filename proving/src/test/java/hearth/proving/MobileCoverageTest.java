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
import hearth.testkit.VirtualNodes;
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

/** A car without network coverage, or a broker that is away: which messages are sent after the reconnection. */
class MobileCoverageTest {

    private static final Position HOME = new Position(52.0, 5.0);
    private static final double SPEED_MPS = 15;
    private static final List<String> CAR_TOPICS = List.of("car/approach", "car/presence", "car/distance", "car/fault");

    @TempDir
    private Path stateFolder;

    private VirtualNodes nodes;
    private MemoryHal car;
    private final List<String> received = new ArrayList<>();

    @BeforeEach
    void startACarAtWorkAndACoffeeMachine() {
        nodes = new VirtualNodes(stateFolder);
        nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        car = nodes.start(new CarNode(), "car", "car.home = 52.0, 5.0");
        drive(14_000, 13_000);
        assertThat(stored("car/presence")).isEqualTo("away");
    }

    @Test
    void aTripAnnouncedWithoutCoverageIsPublishedLaterWithTheRemainingTime() {
        nodes.broker().unplug("car");
        park(13_000, Duration.ofHours(5));
        drive(13_000, 5_400);
        assertThat(stored("car/approach")).isEqualTo("nothing");

        nodes.broker().plugIn("car");
        park(5_400, Duration.ofSeconds(1));

        Incoming approach = nodes.broker().stored("home/car/approach").orElseThrow();
        assertThat(text(approach)).contains("\"eta_s\":600");
        assertThat(approach.lifetimeS()).isEqualTo(600);
        assertThat(approach.remainingS()).as("5.4 km at 15 m/s").isBetween(350L, 365L);
        assertThat(stored("car/presence")).isEqualTo("approaching");
        drive(5_400, 150);
        park(150, Duration.ofSeconds(30));
        assertThat(stored("coffee/phase")).as("the brew at the arrival").isEqualTo("keeping-warm");
    }

    @Test
    void anEndedTripIsNotPublishedLaterAndThePresenceIsCorrect() {
        nodes.broker().unplug("car");
        park(13_000, Duration.ofHours(3));
        drive(13_000, 0);
        park(0, Duration.ofMinutes(1));
        collect(CAR_TOPICS);

        nodes.broker().plugIn("car");
        park(0, Duration.ofMinutes(30));

        assertThat(received)
                .containsExactlyInAnyOrder("car/presence home", "car/distance 0", "car/fault none")
                .doesNotContain("car/presence approaching");
        assertThat(stored("coffee/phase")).isEqualTo("idle");
    }

    @Test
    void twoTripsWithoutCoverageCauseNoBrewAndTheThirdWithCoverageOne() {
        nodes.broker().unplug("car");
        drive(13_000, 0);
        drive(0, 9_000);
        drive(9_000, 0);
        drive(0, 13_000);
        nodes.broker().plugIn("car");
        park(13_000, Duration.ofMinutes(1));
        assertThat(stored("car/presence")).isEqualTo("away");
        assertThat(stored("coffee/phase")).isEqualTo("idle");

        drive(13_000, 0);

        assertThat(stored("car/presence")).isEqualTo("home");
        assertThat(stored("coffee/phase")).isEqualTo("keeping-warm");
    }

    /** An estimate from before the loss of coverage is valid until its expiry, and causes one brew only. */
    @Test
    void coverageLostDuringATripCausesOneBrew() {
        collect(List.of("coffee/phase"));
        drive(13_000, 7_500);
        assertThat(stored("car/approach")).contains("-1\"");

        nodes.broker().unplug("car");
        drive(7_500, 2_000);
        nodes.broker().plugIn("car");
        drive(2_000, 0);
        park(0, Duration.ofHours(1));

        assertThat(received).containsOnlyOnce("coffee/phase brewing").endsWith("coffee/phase idle");
        assertThat(stored("car/presence")).isEqualTo("home");
        assertThat(stored("car/approach")).isEqualTo("nothing");
    }

    @Test
    @Fault("E15")
    void afterEightHoursWithoutABrokerOnlyTheLatestStatesArePublished() {
        MemoryHal sensor = nodes.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        sensor.setReading(new Reading.Measured(Celsius.of(18.0)));
        nodes.advance(Duration.ofMinutes(6));
        assertThat(stored("airco/action")).isEqualTo("heating");

        nodes.broker().stop();
        for (int hour = 0;
                hour < 8;
                hour++) { // Each hour has a trip out and home, and a room that warms up and cools down.
            sensor.setReading(new Reading.Measured(Celsius.of(18.0)));
            drive(13_000, 0);
            sensor.setReading(new Reading.Measured(Celsius.of(20.5)));
            drive(0, 13_000);
            park(13_000, Duration.ofMinutes(31));
        }
        nodes.broker().start(false);
        List<String> states = new ArrayList<>(CAR_TOPICS);
        states.addAll(List.of("airco/temperature", "airco/action", "airco/target", "airco/fault", "coffee/phase"));
        collect(states);
        nodes.advance(Duration.ofSeconds(1)); // Shorter than the sample period.

        assertThat(received)
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

    /** Collects messages from now on, without retained messages, which the broker sends in any case. */
    private void collect(List<String> topics) {
        Bus listener = nodes.broker().bus("listener", "home/listener/status");
        listener.connect(Duration.ZERO);
        for (String topic : topics) {
            listener.subscribe(
                    new Subscription("home/" + topic, 1, true),
                    message -> received.add(topic + " " + text(message)),
                    Duration.ZERO);
        }
    }

    private void drive(double fromM, double toM) {
        double way = Math.signum(toM - fromM) * SPEED_MPS;
        for (double m = fromM; (toM - m) * way > 0; m += way) {
            fix(m);
        }
        fix(toM);
    }

    private void park(double atM, Duration time) {
        for (long s = time.toSeconds(); s > 0; s--) {
            fix(atM);
        }
    }

    /** Advances one second. */
    private void fix(double metresNorth) {
        car.emitFix(new Fix(new Position(HOME.latitudeDeg() + metresNorth / 111_195.0, HOME.longitudeDeg()), 5));
        nodes.advance(Duration.ofSeconds(1));
    }

    private String stored(String topic) {
        return nodes.broker()
                .stored("home/" + topic)
                .map(MobileCoverageTest::text)
                .orElse("nothing");
    }

    private static String text(Incoming message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }
}
