package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.mock.AtomicFile;
import hearth.common.value.Reading;
import hearth.simulator.plant.Car;
import hearth.simulator.plant.Commute;
import hearth.simulator.plant.GpxTrackTest;
import hearth.thermostat.W1Thermometer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house in virtual time, with the plainest devices there can be at the ends of its wires. */
class HouseTest {

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration AIRCO_PAUSE = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private final Commute commute = new Commute(
            GpxTrackTest.routeHome(), Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));

    private final Map<Integer, Boolean> outputs = new HashMap<>();

    HouseTest() throws IOException {}

    @Test
    void theRoomFallsToEighteenAfterTheAircoHasRested() throws IOException {
        House house = new House(folder, new Car(commute));

        house.advanceTo(AIRCO_PAUSE);
        assertThat(sensorTemperature()).isGreaterThan(18.0);

        house.advanceTo(Duration.ofMinutes(10));
        assertThat(sensorTemperature()).isBetween(17.7, 18.0);
    }

    @Test
    void withPlainDevicesTheStoryHappensInEightyMinutes() throws IOException {
        House house = new House(folder, new Car(commute));
        StoryChecker judge = new StoryChecker();
        Map<String, String> heard = new HashMap<>(Map.of("car/presence", "away"));
        Duration age = Duration.ZERO;
        boolean heating = false;
        boolean cooling = false;

        while (!judge.passed() && age.compareTo(Duration.ofMinutes(100)) < 0) {
            age = age.plus(STEP);
            house.advanceTo(age);
            double roomC = sensorTemperature();
            boolean rested = age.compareTo(AIRCO_PAUSE) > 0;
            heating = rested && (heating ? roomC < 20 : roomC <= 18);
            cooling = rested && (cooling ? roomC > 20 : roomC >= 22);
            drive("airco", House.HEAT_PIN, heating);
            drive("airco", House.COOL_PIN, cooling);
            long untilHomeMin = 75 - age.toMinutes();
            drive("coffee", House.COFFEE_PIN, untilHomeMin >= 0 && untilHomeMin < 7);
            heard.put("sensor/temperature", String.format(Locale.ROOT, "%.2f", roomC));
            if (untilHomeMin == 9) {
                heard.put("car/approach", "{\"trip\":\"a\",\"eta_s\":540}");
            }
            if (untilHomeMin < 0) {
                heard.put("car/presence", "home");
            }
            judge.observe(house.snapshot(heard));
        }

        assertThat(judge.findings()).allMatch(finding -> finding.startsWith("yes: "));
        assertThat(age).isBetween(Duration.ofMinutes(70), Duration.ofMinutes(90));
    }

    @Test
    void whoComesHomeTakesTheCup() throws IOException {
        House house = new House(folder, new Car(commute));
        house.advanceTo(Duration.ofMinutes(69));
        drive("coffee", House.COFFEE_PIN, true);
        house.advanceTo(Duration.ofMinutes(75));
        drive("coffee", House.COFFEE_PIN, false);
        assertThat(house.snapshot(Map.of()).cupReady()).isTrue();

        house.advanceTo(Duration.ofMinutes(76));
        house.advanceTo(Duration.ofMinutes(78));

        assertThat(house.snapshot(Map.of()).carHome()).isTrue();
        assertThat(house.snapshot(Map.of()).cupReady()).isFalse();
    }

    @Test
    void pinsNobodyHasDrivenAreOff() throws IOException {
        HouseSnapshot sight = new House(folder, new Car(commute)).snapshot(Map.of());

        assertThat(sight.heating()).isFalse();
        assertThat(sight.cooling()).isFalse();
        assertThat(sight.brewing()).isFalse();
        assertThat(sight.roomC()).isEmpty();
    }

    @Test
    void theLogOfThePinsShowsWhatNoLookMayHaveSeen() {
        assertThat(House.everOnTogether(List.of("0.0 17 0", "0.0 27 0", "6.1 17 1", "9.0 17 0", "9.5 27 1"), 17, 27))
                .isFalse();
        assertThat(House.everOnTogether(List.of("6.100 17 1", "9.000 27 1", "9.001 17 0"), 17, 27))
                .isTrue();
    }

    private double sensorTemperature() {
        Reading reading = new W1Thermometer(folder.resolve("sensor/w1"), "").read();
        return ((Reading.Measured) reading).temperature().degrees();
    }

    private void drive(String node, int pin, boolean on) throws IOException {
        if (!Boolean.valueOf(on).equals(outputs.put(pin, on))) {
            AtomicFile.replace(folder.resolve(node).resolve("gpio/" + pin), on ? "1\n" : "0\n");
        }
    }
}
