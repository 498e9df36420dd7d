package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.runtime.Launcher;
import hearth.common.runtime.NodeType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The nodes that are packaged, and the files that the build made for them. A node is each module of the root POM whose
 * parent is {@code node-parent}; no test here names a node.
 */
final class PackagedNodes {

    private static final Path PROJECT = Path.of("..");
    private static final List<String> MODULES =
            Pom.of(PROJECT.resolve("pom.xml")).all("modules", "module");
    private static final Map<String, NodeModule> ALL = found();

    private PackagedNodes() {}

    /** A node's module: its folder and what its POM declares. */
    private record NodeModule(Path folder, Pom pom) {}

    private static Map<String, NodeModule> found() {
        Map<String, NodeModule> nodes = new TreeMap<>();
        for (String module : MODULES) {
            Path folder = PROJECT.resolve(module);
            Pom pom = Pom.of(folder.resolve("pom.xml"));
            if (pom.text("parent", "artifactId").equals("node-parent")) {
                nodes.put(pom.text("artifactId"), new NodeModule(folder, pom));
            }
        }
        assertThat(nodes).as("modules whose parent is node-parent").isNotEmpty();
        return nodes;
    }

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

    /** Modules in the order of the root POM, each by its folder. */
    static List<String> modules() {
        return MODULES;
    }

    static String folder(String node) {
        return PROJECT.relativize(ALL.get(node).folder).toString();
    }

    /** The name of its settings file, without {@code .conf}. */
    static String deviceName(String node) {
        return property(node, "node.device");
    }

    static String outputs(String node) {
        return property(node, "node.outputs");
    }

    /** What the node's POM declares; empty if it leaves the default. */
    static String property(String node, String name) {
        return ALL.get(node).pom.text("properties", name);
    }

    /** An object of the node's main class, loaded from the jars in its package. */
    static NodeType<?> nodeType(String node) {
        try {
            return (NodeType<?>) loader(node)
                    .loadClass(property(node, "node.main"))
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(node + ": node.main is a NodeType with a public constructor without parameters", e);
        }
    }

    private static ClassLoader loader(String node) {
        List<URL> jars = new ArrayList<>();
        try (var files = Files.newDirectoryStream(jars(node), "*.jar")) {
            jars.add(jars(node).resolveSibling(node + ".jar").toUri().toURL());
            for (Path jar : files) {
                jars.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new URLClassLoader(jars.toArray(URL[]::new), PackagedNodes.class.getClassLoader());
    }

    /** A file of the broker's configuration. */
    static Path broker(String name) {
        return PROJECT.resolve("tools/broker").resolve(name);
    }

    /** A file of the node's package, by the path where it will be installed. */
    static Path generatedFile(String node, String path) {
        return ALL.get(node).folder.resolve("target/package" + path);
    }

    /** The files that the node's module adds to the package: modes and paths, as dpkg lists them. */
    static List<String> added(String node) throws IOException {
        Path own = ALL.get(node).folder.resolve("src/main/package");
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
        return ALL.get(node).folder.resolve("target/lib");
    }

    static Path deb(String node) {
        Path deb = ALL.get(node)
                .folder
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
