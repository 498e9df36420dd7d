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

/** The house in virtual time, with minimal devices on its relays and sensors. */
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
    void theRoomFallsToEighteenDegreesAfterTheMinimumPauseOfTheAirco() throws IOException {
        House house = new House(folder, new Car(commute));

        house.advanceTo(AIRCO_PAUSE);
        assertThat(sensorTemperature()).isGreaterThan(18.0);

        house.advanceTo(Duration.ofMinutes(10));
        assertThat(sensorTemperature()).isBetween(17.7, 18.0);
    }

    @Test
    void withMinimalDevicesTheStoryPassesInEightyMinutes() throws IOException {
        House house = new House(folder, new Car(commute));
        StoryChecker checker = new StoryChecker();
        Map<String, String> messages = new HashMap<>(Map.of("car/presence", "away"));
        Duration age = Duration.ZERO;
        boolean heating = false;
        boolean cooling = false;

        while (!checker.passed() && age.compareTo(Duration.ofMinutes(100)) < 0) {
            age = age.plus(STEP);
            house.advanceTo(age);
            double roomC = sensorTemperature();
            boolean pauseOver = age.compareTo(AIRCO_PAUSE) > 0;
            heating = pauseOver && (heating ? roomC < 20 : roomC <= 18);
            cooling = pauseOver && (cooling ? roomC > 20 : roomC >= 22);
            drive("airco", House.HEAT_PIN, heating);
            drive("airco", House.COOL_PIN, cooling);
            long untilHomeMin = 75 - age.toMinutes();
            drive("coffee", House.COFFEE_PIN, untilHomeMin >= 0 && untilHomeMin < 7);
            messages.put("sensor/temperature", String.format(Locale.ROOT, "%.2f", roomC));
            if (untilHomeMin == 9) {
                messages.put("car/approach", "{\"trip\":\"a\",\"eta_s\":540}");
            }
            if (untilHomeMin < 0) {
                messages.put("car/presence", "home");
            }
            checker.observe(house.snapshot(messages));
        }

        assertThat(checker.findings()).allMatch(finding -> finding.startsWith("yes: "));
        assertThat(age).isBetween(Duration.ofMinutes(70), Duration.ofMinutes(90));
    }

    @Test
    void theCupIsTakenSoonAfterTheCarIsHome() throws IOException {
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
    void pinsThatWereNeverSwitchedAreOff() throws IOException {
        HouseSnapshot snapshot = new House(folder, new Car(commute)).snapshot(Map.of());

        assertThat(snapshot.heating()).isFalse();
        assertThat(snapshot.cooling()).isFalse();
        assertThat(snapshot.brewing()).isFalse();
        assertThat(snapshot.roomC()).isEmpty();
    }

    @Test
    void thePinLogShowsBothRelaysOnBetweenTwoSnapshots() {
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
