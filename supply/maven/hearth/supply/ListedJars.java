package hearth.supply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceRepository;

/**
 * Checks each file that Maven takes from its repository, including plugins and their dependencies, before its code runs,
 * and ends the build unless its SHA-256 is the listed one. Maven 3.9 can do this itself; Debian 12 has Maven 3.8.
 *
 * <p>The list has the format of {@code sha256sum}, with the paths of a Maven repository. It has no POMs: they contain no
 * code, and a jar that a changed POM adds is not on the list. It has no files that this build makes.
 *
 * <p>The first line of the list names the version of Maven that made it. Another version may need other files: then an
 * unlisted file is only reported. A file with another SHA-256 than the listed one always ends the build.
 *
 * <p>Properties: {@code supply.list} is the list; with {@code supply.record} the files are written to that file instead of
 * checked. {@code bin/checksums} and {@code bin/verify} add this extension to Maven.
 */
public final class ListedJars extends AbstractEventSpy {

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private Map<String, String> listed = Map.of();
    private boolean strict;
    private Path record;

    @Override
    public void init(Context context) throws IOException {
        Properties properties = (Properties) context.getData().get("userProperties");
        String version = "# Maven " + ((Properties) context.getData().get("systemProperties")).get("maven.version");
        if (properties.getProperty("supply.record") != null) {
            record = Path.of(properties.getProperty("supply.record"));
            return;
        }
        Path list = Path.of(properties.getProperty("supply.list"));
        try (var lines = Files.lines(list)) {
            strict = lines.findFirst().orElse("").equals(version);
        }
        try (var lines = Files.lines(list)) {
            listed = lines.filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toMap(line -> line.substring(66), line -> line.substring(0, 64)));
        }
    }

    @Override
    public void onEvent(Object event) {
        if (event instanceof RepositoryEvent
                && ((RepositoryEvent) event).getType() == RepositoryEvent.EventType.ARTIFACT_RESOLVED) {
            resolved((RepositoryEvent) event);
        }
    }

    private void resolved(RepositoryEvent event) {
        Artifact artifact = event.getArtifact();
        if (artifact.getFile() == null
                || artifact.getExtension().equals("pom")
                || event.getRepository() instanceof WorkspaceRepository) {
            return;
        }
        String path = pathOf(artifact);
        if (!seen.containsKey(path)) {
            String sum = sumOf(artifact.getFile().toPath());
            seen.put(path, sum);
            if (record == null) {
                check(path, sum, listed.get(path));
            }
        }
    }

    private void check(String path, String sum, String expected) {
        if (expected == null) {
            report(strict, path + " is not in supply/jars.sha256. If you chose another version, see docs/supply.md;"
                    + " else find the plugin or dependency that requires it.");
        } else if (!sum.equals(expected)) {
            report(true, path + " differs from supply/jars.sha256: its SHA-256 is " + sum
                    + ". Its code did not run. Keep the file and find out where it came from.");
        }
    }

    /** Ends Maven at once if fatal: it would log an exception and continue the build. */
    private static void report(boolean fatal, String message) {
        System.err.println((fatal ? "[ERROR] " : "[INFO] ") + message);
        if (fatal) {
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public void close() throws IOException {
        if (record != null) {
            Files.write(
                    record,
                    seen.entrySet().stream()
                            .map(file -> file.getValue() + "  " + file.getKey())
                            .toList());
        }
    }

    private static String pathOf(Artifact artifact) {
        return String.join(
                "/",
                artifact.getGroupId().replace('.', '/'),
                artifact.getArtifactId(),
                artifact.getBaseVersion(),
                artifact.getArtifactId() + "-" + artifact.getVersion()
                        + (artifact.getClassifier().isEmpty() ? "" : "-" + artifact.getClassifier())
                        + "." + artifact.getExtension());
    }

    private static String sumOf(Path file) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return String.format("%064x", new BigInteger(1, ((DigestInputStream) in).getMessageDigest().digest()));
        } catch (IOException e) {
            report(true, file + " cannot be read: " + e);
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }
}
