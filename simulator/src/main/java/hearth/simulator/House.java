package hearth.simulator;

import hearth.common.hal.mock.AtomicFile;
import hearth.common.value.Celsius;
import hearth.simulator.plant.Car;
import hearth.simulator.plant.CoffeeMachine;
import hearth.simulator.plant.Commute;
import hearth.simulator.plant.Room;
import hearth.simulator.plant.SpringDayWeather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * The simulated house. Its relays and sensors are files in the mock folders of the nodes: it reads the relay levels and
 * writes the sensor values. It starts on a cold morning with the room at 18.3 °C and falling.
 */
final class House {

    static final int HEAT_PIN = 17;
    static final int COOL_PIN = 27;
    static final int COFFEE_PIN = 22;

    /** The start of the simulated time: a cold, cloudy morning; the sky clears at noon. */
    static final LocalDateTime BEGIN = LocalDateTime.of(2026, 4, 14, 11, 30);

    private static final Duration MAX_STEP = Duration.ofSeconds(10);
    private static final double SUNNY_W = 100;
    private static final Duration CUP_TAKEN_AFTER = Duration.ofMinutes(2);

    private final Path airco;
    private final Path coffee;
    private final List<Path> sensors;
    private final Car car;
    private final SpringDayWeather weather = new SpringDayWeather();
    private final Room room = new Room(18.3, 17.9);
    private final CoffeeMachine machine = new CoffeeMachine();
    private Duration elapsed = Duration.ZERO;
    private Duration carHomeFor = Duration.ZERO;
    private SensorWiring sensorWiring = SensorWiring.WELL;
    private String writtenContent = "";

    /** @param folder has one mock folder per node, with the name of the node */
    House(Path folder, Car car) {
        this.airco = folder.resolve("airco");
        this.coffee = folder.resolve("coffee");
        this.sensors = List.of(
                folder.resolve("sensor/w1/28-0000c0ffee00/w1_slave"),
                folder.resolve("airco/w1/28-0000c0ffee01/w1_slave"));
        this.car = car;
    }

    /** Simulates the time until then with the present relay levels, and writes the sensor files. */
    void advanceTo(Duration until) throws IOException {
        boolean heating = isOn(airco, HEAT_PIN);
        boolean cooling = isOn(airco, COOL_PIN);
        boolean brewing = isOn(coffee, COFFEE_PIN);
        while (elapsed.compareTo(until) < 0) {
            Duration left = until.minus(elapsed);
            advance(left.compareTo(MAX_STEP) < 0 ? left : MAX_STEP, heating, cooling, brewing);
        }
        writeSensorFiles();
    }

    private void advance(Duration time, boolean heating, boolean cooling, boolean brewing) {
        elapsed = elapsed.plus(time);
        LocalTime hour = time().toLocalTime();
        room.advance(time, weather.outsideC(hour), weather.sunW(hour), heating, cooling);
        machine.advance(time, brewing);
        carHomeFor = carHome() ? carHomeFor.plus(time) : Duration.ZERO;
        if (machine.ready() && carHomeFor.compareTo(CUP_TAKEN_AFTER) >= 0) {
            machine.takeCup();
        }
    }

    /** Writes the sensor files if the value has changed, so that a fault that a person writes into a file stays. */
    void writeSensorFiles() throws IOException {
        String content = sensorWiring.w1SlaveContent(Celsius.of(room.airC()));
        if (!content.equals(writtenContent)) {
            for (Path sensor : sensors) {
                AtomicFile.replace(sensor, content);
            }
            writtenContent = content;
        }
    }

    /** Repairs or damages the wires of both sensors. */
    void sensorWiring(SensorWiring wiring) throws IOException {
        this.sensorWiring = wiring;
        writeSensorFiles();
    }

    SensorWiring sensorWiring() {
        return sensorWiring;
    }

    Car car() {
        return car;
    }

    Duration elapsed() {
        return elapsed;
    }

    double outsideC() {
        return weather.outsideC(time().toLocalTime());
    }

    /** The present state of the house together with the latest messages. */
    HouseSnapshot snapshot(Map<String, String> latest) throws IOException {
        LocalTime hour = time().toLocalTime();
        return new HouseSnapshot(
                time(),
                latest,
                room.airC(),
                isOn(airco, HEAT_PIN),
                isOn(airco, COOL_PIN),
                isOn(coffee, COFFEE_PIN),
                machine.ready(),
                machine.readyFor(),
                carHome(),
                weather.outsideC(hour),
                weather.sunW(hour) > SUNNY_W);
    }

    LocalDateTime time() {
        return BEGIN.plus(elapsed);
    }

    /** Whether heating and cooling were ever on together, according to the pin log of the airco. */
    boolean heatedAndCooledTogether() throws IOException {
        Path log = airco.resolve("gpio.log");
        return Files.exists(log) && everOnTogether(Files.readAllLines(log), HEAT_PIN, COOL_PIN);
    }

    /** @param log lines of seconds, pin and level */
    static boolean everOnTogether(List<String> log, int one, int other) {
        boolean oneOn = false;
        boolean otherOn = false;
        for (String line : log) {
            String[] words = line.strip().split(" ", -1);
            boolean on = words[words.length - 1].equals("1");
            if (words.length == 3 && words[1].equals(Integer.toString(one))) {
                oneOn = on;
            } else if (words.length == 3 && words[1].equals(Integer.toString(other))) {
                otherOn = on;
            }
            if (oneOn && otherOn) {
                return true;
            }
        }
        return false;
    }

    private boolean carHome() {
        return car.at(elapsed).place() == Commute.CarPlace.AT_HOME;
    }

    /** A pin without a file has not been switched yet and is off. */
    private static boolean isOn(Path mock, int pin) throws IOException {
        try {
            return Files.readString(mock.resolve("gpio/" + pin)).strip().equals("1");
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
