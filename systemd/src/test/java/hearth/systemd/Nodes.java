package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.thermostat.ThermostatNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The nodes that are packaged, and where the build has put what is theirs. */
final class Nodes {

    private static final Path PROJECT = Path.of("..");
    private static final Map<String, Device<?>> ALL =
            Map.of("thermostat-node", new ThermostatNode(), "coffee-node", new CoffeeNode(), "car-node", new CarNode());

    private Nodes() {}

    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    static Device<?> device(String node) {
        return ALL.get(node);
    }

    /** One of the shared sources. */
    static Path source(String name) {
        return PROJECT.resolve("systemd").resolve(name);
    }

    /** A file of the broker's configuration. */
    static Path broker(String name) {
        return PROJECT.resolve("tools/broker").resolve(name);
    }

    /** A file of the node's package, made of a shared source. */
    static Path made(String node, String name) {
        return PROJECT.resolve(node).resolve("target/debian").resolve(name);
    }

    static Path deb(String node) {
        Path deb = PROJECT.resolve(node)
                .resolve("target/%s_%s_all.deb".formatted(node, version()))
                .toAbsolutePath()
                .normalize();
        assertThat(deb).as("%s is packaged: mvn package", node).isNotEmptyFile();
        return deb;
    }

    /** As the build has put it into the jars. */
    static String version() {
        return Launcher.class.getPackage().getImplementationVersion();
    }
}
