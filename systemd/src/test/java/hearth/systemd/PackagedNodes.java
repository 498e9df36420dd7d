package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.NodeType;
import hearth.thermostat.ThermostatNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The nodes that are packaged, and where the build has put what is theirs. */
final class PackagedNodes {

    private static final Path PROJECT = Path.of("..");
    private static final Map<String, NodeType<?>> ALL =
            Map.of("thermostat-node", new ThermostatNode(), "coffee-node", new CoffeeNode(), "car-node", new CarNode());

    private PackagedNodes() {}

    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    static NodeType<?> nodeType(String node) {
        return ALL.get(node);
    }

    /** One of the shared sources. */
    static Path sharedSource(String name) {
        return PROJECT.resolve("systemd").resolve(name);
    }

    /** A file of the node's package, made of a shared source. */
    static Path generatedFile(String node, String name) {
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
