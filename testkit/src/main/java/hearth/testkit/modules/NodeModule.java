package hearth.testkit.modules;

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
 * A module that builds a node: each module in {@code <modules>} of the root POM whose parent is {@code node-parent}. Found
 * from a test that runs in the folder of a module.
 */
public record NodeModule(Path folder, Pom pom) {

    public static final Path PROJECT = Path.of("..");

    private static final List<NodeModule> ALL = modules().stream()
            .map(module -> PROJECT.resolve(module))
            .map(folder -> new NodeModule(folder, Pom.of(folder.resolve("pom.xml"))))
            .filter(module -> module.pom.text("parent", "artifactId").equals("node-parent"))
            .toList();

    /** The folders of all modules, in the order of the root POM. */
    public static List<String> modules() {
        return Pom.of(PROJECT.resolve("pom.xml")).all("modules", "module");
    }

    /** In the order of the root POM. */
    public static List<NodeModule> all() {
        return ALL;
    }

    /** The name of its program and its package, such as {@code coffee-node}. */
    public String program() {
        return pom.text("artifactId");
    }

    /** The name of its settings file without {@code .conf}, and of its Java package below {@code hearth}. */
    public String device() {
        return property("node.device");
    }

    /** A property that its POM declares; empty if it leaves the default. */
    public String property(String name) {
        return pom.text("properties", name);
    }

    /** The folder of its compiled classes. It is missing if only other modules were built. */
    public Path classes() {
        return folder.resolve("target/classes");
    }

    /** An object of its main class. */
    public NodeType<?> nodeType() {
        try {
            return (NodeType<?>)
                    loader().loadClass(property("node.main")).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    program() + ": compile the module; node.main must name a NodeType with a public constructor"
                            + " without parameters",
                    e);
        }
    }

    /** True if a test can use its classes without {@link #loader}. */
    public boolean isOnClassPath() {
        return !(nodeType().getClass().getClassLoader() instanceof URLClassLoader);
    }

    /** The classes of the module, and its own dependencies if it was packaged. */
    public ClassLoader loader() {
        try {
            List<URL> urls = new ArrayList<>(List.of(classes().toUri().toURL()));
            Path jars = folder.resolve("target/lib");
            if (Files.isDirectory(jars)) {
                try (Stream<Path> files = Files.list(jars)) {
                    for (Path jar : files.sorted().toList()) {
                        urls.add(jar.toUri().toURL());
                    }
                }
            }
            return new URLClassLoader(urls.toArray(URL[]::new), NodeModule.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings that the program can start with on mock hardware, without {@code node.name}. */
    public List<String> trainingSettings() {
        return Stream.of(property("node.training").split(";", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /**
     * Example nodes by name, each with the lines of its settings: the files {@code src/test/examples/<name>.conf}. A module
     * without them has one example, with its training settings.
     */
    public Map<String, List<String>> examples() {
        Path examples = folder.resolve("src/test/examples");
        if (!Files.isDirectory(examples)) {
            return Map.of(device(), trainingSettings());
        }
        Map<String, List<String>> byName = new TreeMap<>();
        try (Stream<Path> files = Files.list(examples)) {
            for (Path file : files.toList()) {
                byName.put(file.getFileName().toString().replace(".conf", ""), Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return byName;
    }
}
