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

/** The four devices of the simulated year and their wiring, each on its own Pi. */
final class SimulatedDevices {

    static final int HEAT_PIN = 17;
    static final int COOL_PIN = 27;
    static final int COFFEE_PIN = 22;

    /** The loads of the relays, in order. */
    static final List<String> RELAYS = List.of("heat", "cool", "coffee");

    private static final List<String> SENSOR_SETTINGS = List.of("sensor.every = 30s", "sensor.stale-after = 90s");

    private final SimulationContext simulation;
    private final SimulatedWallClock wallClock;
    private final List<SimulatedDs18b20> probes;
    private final List<SimulatedRelay> relays;
    private final SimulatedPi<?> sensor;
    private final SimulatedPi<?> airco;
    private final SimulatedPi<?> coffee;
    private final SimulatedPi<?> car;
    private final SimulatedDriver driver;

    SimulatedDevices(SimulationContext simulation, YearHouse houseModel, DeviceInterceptor interceptor) {
        this.simulation = simulation;
        this.wallClock = new SimulatedWallClock(simulation);
        this.probes = List.of(
                new SimulatedDs18b20(simulation.randomFor("probe 1")),
                new SimulatedDs18b20(simulation.randomFor("probe 2")));
        SimulatedRelay heatRelay = new SimulatedRelay(on -> {
            houseModel.advanceTo(simulation.elapsed());
            houseModel.heat(on);
        });
        SimulatedRelay coolRelay = new SimulatedRelay(on -> {
            houseModel.advanceTo(simulation.elapsed());
            houseModel.cool(on);
        });
        SimulatedRelay coffeeRelay = new SimulatedRelay(on -> {
            houseModel.advanceTo(simulation.elapsed());
            houseModel.brew(on);
        });
        this.relays = List.of(heatRelay, coolRelay, coffeeRelay);
        this.sensor = computer(
                "sensor",
                new ThermostatNode(),
                SENSOR_SETTINGS,
                new SimulatedBoard(thermometerOf(probes.get(0), houseModel), Map.of()),
                interceptor);
        this.airco = computer(
                "airco",
                new ThermostatNode(),
                List.of(
                        SENSOR_SETTINGS.get(0),
                        SENSOR_SETTINGS.get(1),
                        "airco.sources = sensor, local",
                        "airco.combine = first",
                        "airco.heat.gpio = " + HEAT_PIN,
                        "airco.cool.gpio = " + COOL_PIN),
                new SimulatedBoard(
                        thermometerOf(probes.get(1), houseModel), Map.of(HEAT_PIN, heatRelay, COOL_PIN, coolRelay)),
                interceptor);
        this.coffee = computer(
                "coffee",
                new CoffeeNode(),
                List.of("coffee.gpio = " + COFFEE_PIN, "coffee.car = car", "coffee.quiet-hours = 23:00-05:00"),
                new SimulatedBoard(thermometerOf(probes.get(0), houseModel), Map.of(COFFEE_PIN, coffeeRelay)),
                interceptor);
        this.car = computer(
                "car",
                new CarNode(),
                List.of(String.format(
                        Locale.ROOT,
                        "car.home = %.6f, %.6f",
                        SimulatedDriver.HOME.latitudeDeg(),
                        SimulatedDriver.HOME.longitudeDeg())),
                new SimulatedBoard(thermometerOf(probes.get(0), houseModel), Map.of()),
                interceptor);
        this.driver = new SimulatedDriver(simulation, car);
    }

    List<SimulatedPi<?>> computers() {
        return List.of(sensor, airco, coffee, car);
    }

    SimulatedPi<?> airco() {
        return airco;
    }

    SimulatedPi<?> coffee() {
        return coffee;
    }

    SimulatedPi<?> aircoOrSensor(Random chance) {
        return chance.nextBoolean() ? airco : sensor;
    }

    List<SimulatedDs18b20> probes() {
        return probes;
    }

    List<SimulatedRelay> relays() {
        return relays;
    }

    SimulatedDriver driver() {
        return driver;
    }

    SimulatedWallClock wallClock() {
        return wallClock;
    }

    private <C> SimulatedPi<C> computer(
            String name,
            NodeType<C> nodeType,
            List<String> settings,
            SimulatedBoard board,
            DeviceInterceptor interceptor) {
        return new SimulatedPi<>(name, nodeType, settings, board, simulation, wallClock, interceptor);
    }

    private Thermometer thermometerOf(SimulatedDs18b20 probe, YearHouse houseModel) {
        return () -> {
            houseModel.advanceTo(simulation.elapsed());
            return probe.read(houseModel.roomC(), simulation.now());
        };
    }
}
