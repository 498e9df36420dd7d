package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.runtime.Launcher;
import hearth.common.runtime.NodeType;
import hearth.testkit.modules.NodeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes that are packaged, and where the build has put their files. No test here names one.
 */
final class PackagedNodes {

    private static final Map<String, NodeModule> ALL = NodeModule.all().stream()
            .collect(Collectors.toMap(NodeModule::program, module -> module, (one, other) -> one, TreeMap::new));

    private PackagedNodes() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static List<String> withOutputs() {
        return names().stream().filter(node -> !outputs(node).isEmpty()).toList();
    }

    static List<String> withoutOutputs() {
        return names().stream().filter(node -> outputs(node).isEmpty()).toList();
    }

    /** Any node, for a test that needs one. */
    static String any() {
        return names().get(0);
    }

    static String folder(String node) {
        return NodeModule.PROJECT.relativize(ALL.get(node).folder()).toString();
    }

    /** The name of its settings file, without {@code .conf}. */
    static String deviceName(String node) {
        return ALL.get(node).device();
    }

    static String outputs(String node) {
        return property(node, "node.outputs");
    }

    /** A property that the node's POM declares; empty if it leaves the default. */
    static String property(String node, String name) {
        return ALL.get(node).property(name);
    }

    static NodeType<?> nodeType(String node) {
        return ALL.get(node).nodeType();
    }

    /** A file of the broker's configuration. */
    static Path broker(String name) {
        return NodeModule.PROJECT.resolve("tools/broker").resolve(name);
    }

    /** A file of the node's package, by the path where it will be installed. */
    static Path generatedFile(String node, String path) {
        return ALL.get(node).folder().resolve("target/package" + path);
    }

    /** The files that the node's module adds to the package: modes and paths, as dpkg lists them. */
    static List<String> added(String node) throws IOException {
        Path own = ALL.get(node).folder().resolve("src/main/package");
        try (Stream<Path> files = Files.walk(own)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + own.relativize(file))
                    .map(path -> path.replace("@node@", node))
                    .map(path -> (isProgram(node, path) ? "-rwxr-xr-x " : "-rw-r--r-- ") + path)
                    .toList();
        }
    }

    private static boolean isProgram(String node, String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return folder.equals("/usr/bin/") || folder.equals("/usr/lib/" + node + "/");
    }

    /** The jars with which the node was tested, without its own. */
    static Path jars(String node) {
        return ALL.get(node).folder().resolve("target/lib");
    }

    static Path deb(String node) {
        Path deb = ALL.get(node)
                .folder()
                .resolve("target/%s_%s_all.deb".formatted(node, version()))
                .toAbsolutePath()
                .normalize();
        assertThat(deb).as("%s is packaged: mvn package", node).isNotEmptyFile();
        return deb;
    }

    /** The version that the build wrote into the jars. */
    static String version() {
        return Launcher.class.getPackage().getImplementationVersion();
    }
}
