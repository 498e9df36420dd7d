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
 * A node of the demo: an ordinary process with its own settings file and mock folder.
 *
 * @param name     {@code node.name}, also the name of its folder, settings file and log
 * @param main     the main class
 * @param settings the lines of the settings file after {@code node.name} and {@code broker.urls}
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
     * The four nodes of the story, with defaults for all other settings. The airco uses the sensor node, and its own
     * thermometer while no reading arrives, so that it still heats while the broker is away. (At 60 times real time a
     * reading is stale after half a second.)
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

    /** Writes the settings file into the folder and returns the command that starts the node. */
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
