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
 * The house around the nodes: what their relays heat, cool and brew, and what their sensors feel, as files in their mock
 * folders. It begins on a cold morning, the room at 18.3 °C and falling.
 */
final class House {

    static final int HEAT_PIN = 17;
    static final int COOL_PIN = 27;
    static final int COFFEE_PIN = 22;

    /** When the simulated time begins. A cold grey morning; at noon the clouds break. */
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

    /** @param folder with the nodes' mock folders, each called as its node */
    House(Path folder, Car car) {
        this.airco = folder.resolve("airco");
        this.coffee = folder.resolve("coffee");
        this.sensors = List.of(
                folder.resolve("sensor/w1/28-0000c0ffee00/w1_slave"),
                folder.resolve("airco/w1/28-0000c0ffee01/w1_slave"));
        this.car = car;
    }

    /** Lets time pass, with the relays as they are now, and tells the sensors. */
    void advanceTo(Duration newAge) throws IOException {
        boolean heating = isOn(airco, HEAT_PIN);
        boolean cooling = isOn(airco, COOL_PIN);
        boolean brewing = isOn(coffee, COFFEE_PIN);
        while (elapsed.compareTo(newAge) < 0) {
            Duration left = newAge.minus(elapsed);
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

    /** Writes what the sensors feel, if it is news: so a fault that somebody puts into the file stays a while. */
    void writeSensorFiles() throws IOException {
        String content = sensorWiring.w1SlaveContent(Celsius.of(room.airC()));
        if (!content.equals(writtenContent)) {
            for (Path sensor : sensors) {
                AtomicFile.replace(sensor, content);
            }
            writtenContent = content;
        }
    }

    /** Mends or harms the sensors' wires. */
    void sensorWiring(SensorWiring wire) throws IOException {
        this.sensorWiring = wire;
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

    /** What there is to see now, together with what was heard. */
    HouseSnapshot snapshot(Map<String, String> heard) throws IOException {
        LocalTime hour = time().toLocalTime();
        return new HouseSnapshot(
                time(),
                heard,
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

    /** Whether heating and cooling were ever on together, by the log of the airco's pins. */
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

    /** A pin nobody has driven yet is off. */
    private static boolean isOn(Path mock, int pin) throws IOException {
        try {
            return Files.readString(mock.resolve("gpio/" + pin)).strip().equals("1");
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
