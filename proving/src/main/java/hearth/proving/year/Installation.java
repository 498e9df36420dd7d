package hearth.proving.year;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.hal.Thermometer;
import hearth.common.runtime.NodeType;
import hearth.thermostat.ThermostatNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The four devices as they are wired in this house, each on a computer of its own. */
final class Installation {

    static final int HEAT_PIN = 17;
    static final int COOL_PIN = 27;
    static final int COFFEE_PIN = 22;

    /** What hangs on the contacts, in their order. */
    static final List<String> RELAYS = List.of("heat", "cool", "coffee");

    private static final List<String> POLLED_TWICE_A_MINUTE = List.of("sensor.every = 30s", "sensor.stale-after = 90s");

    private final World world;
    private final Wall wall;
    private final List<Probe> probes;
    private final List<Contact> contacts;
    private final Computer<?> sensor;
    private final Computer<?> airco;
    private final Computer<?> coffee;
    private final Computer<?> car;
    private final Driver driver;

    Installation(World world, Household household, Tampering tampering) {
        this.world = world;
        this.wall = new Wall(world);
        this.probes = List.of(new Probe(world.chance("probe 1")), new Probe(world.chance("probe 2")));
        Contact heat = new Contact(on -> {
            household.pass(world.age());
            household.heat(on);
        });
        Contact cool = new Contact(on -> {
            household.pass(world.age());
            household.cool(on);
        });
        Contact machine = new Contact(on -> {
            household.pass(world.age());
            household.brew(on);
        });
        this.contacts = List.of(heat, cool, machine);
        this.sensor = computer(
                "sensor",
                new ThermostatNode(),
                POLLED_TWICE_A_MINUTE,
                new Board(feeling(probes.get(0), household), Map.of()),
                tampering);
        this.airco = computer(
                "airco",
                new ThermostatNode(),
                List.of(
                        POLLED_TWICE_A_MINUTE.get(0),
                        POLLED_TWICE_A_MINUTE.get(1),
                        "airco.sources = sensor, local",
                        "airco.combine = first",
                        "airco.heat.gpio = " + HEAT_PIN,
                        "airco.cool.gpio = " + COOL_PIN),
                new Board(feeling(probes.get(1), household), Map.of(HEAT_PIN, heat, COOL_PIN, cool)),
                tampering);
        this.coffee = computer(
                "coffee",
                new CoffeeNode(),
                List.of("coffee.gpio = " + COFFEE_PIN, "coffee.car = car", "coffee.quiet-hours = 23:00-05:00"),
                new Board(feeling(probes.get(0), household), Map.of(COFFEE_PIN, machine)),
                tampering);
        this.car = computer(
                "car",
                new CarNode(),
                List.of(String.format(
                        Locale.ROOT, "car.home = %.6f, %.6f", Driver.HOME.latitudeDeg(), Driver.HOME.longitudeDeg())),
                new Board(feeling(probes.get(0), household), Map.of()),
                tampering);
        this.driver = new Driver(world, car);
    }

    List<Computer<?>> computers() {
        return List.of(sensor, airco, coffee, car);
    }

    Computer<?> airco() {
        return airco;
    }

    Computer<?> coffee() {
        return coffee;
    }

    Computer<?> aircoOrSensor(Random chance) {
        return chance.nextBoolean() ? airco : sensor;
    }

    List<Probe> probes() {
        return probes;
    }

    List<Contact> contacts() {
        return contacts;
    }

    Driver driver() {
        return driver;
    }

    Wall wall() {
        return wall;
    }

    private <C> Computer<C> computer(
            String name, NodeType<C> nodeType, List<String> settings, Board board, Tampering tampering) {
        return new Computer<>(name, nodeType, settings, board, world, wall, tampering);
    }

    private Thermometer feeling(Probe probe, Household household) {
        return () -> {
            household.pass(world.age());
            return probe.read(household.roomC(), world.now());
        };
    }
}
