package hearth.simulator;

import hearth.common.value.Position;
import hearth.common.value.TimeScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A node as the demo starts it: an ordinary process with a settings file and a mock folder of its own.
 *
 * @param name     its node.name, and what its folder, settings and log are called
 * @param main     its main class
 * @param settings the lines of its settings file below {@code node.name} and {@code broker.urls}
 */
record NodeProgram(String name, String main, List<String> settings) {

    private static final List<String> SMALL_JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Dio.netty.noUnsafe=true");

    NodeProgram {
        settings = List.copyOf(settings);
    }

    /**
     * The four of the story, all else at its default. The airco follows the sensor, and a thermometer of its own while it
     * hears nothing: a house whose broker is away still heats. (At 60 times real time a reading is stale in half a
     * second.)
     */
    static List<NodeProgram> all(Position home, int gpsdPort) {
        return List.of(
                new NodeProgram("sensor", "hearth.thermostat.ThermostatNode", List.of()),
                new NodeProgram(
                        "airco",
                        "hearth.thermostat.ThermostatNode",
                        List.of(
                                "airco.sources = sensor, local",
                                "airco.combine = first",
                                "airco.heat.gpio = " + House.HEAT_PIN,
                                "airco.cool.gpio = " + House.COOL_PIN)),
                new NodeProgram(
                        "coffee",
                        "hearth.coffee.CoffeeNode",
                        List.of("coffee.gpio = " + House.COFFEE_PIN, "coffee.car = car")),
                new NodeProgram(
                        "car",
                        "hearth.car.CarNode",
                        List.of(
                                String.format(
                                        Locale.ROOT, "car.home = %.6f, %.6f", home.latitudeDeg(), home.longitudeDeg()),
                                "gpsd.host = 127.0.0.1",
                                "gpsd.port = " + gpsdPort)));
    }

    /** Writes its settings into the folder and says how to start it there. */
    List<String> prepareCommand(Path folder, DemoBroker broker, TimeScale timeScale, String java, String classPath)
            throws IOException {
        Path config = folder.resolve(name + ".conf");
        String text = "node.name = " + name + "\nbroker.urls = mqtt://" + broker.host() + ":" + broker.port() + "\n"
                + String.join("\n", settings) + "\n";
        Files.writeString(config, text);
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(SMALL_JVM_OPTIONS);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of("--config", config.toString()));
        command.addAll(List.of("--mock", folder.resolve(name).toString()));
        command.addAll(List.of("--speed", Integer.toString(timeScale.speed())));
        return command;
    }
}
