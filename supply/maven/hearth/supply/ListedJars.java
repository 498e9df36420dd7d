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
 * Sees each file that Maven takes from its repository, plugins and what they need among them, before anything of it is run,
 * and ends the build unless its SHA-256 is the one on the list. Maven 3.9 can do so by itself; Debian 12 has 3.8.
 *
 * <p>The list is what {@code sha256sum} writes, its paths those of a Maven repository. POMs are not on it: they run nothing,
 * and whatever else they brought in would be a file that is not on the list. Neither is what this build made itself.
 *
 * <p>Another Maven may want other files than the one that the list was made with, which its first line names. Then an
 * unlisted file is said, and the build goes on; a file that is not what the list says ends it all the same.
 *
 * <p>Properties: {@code supply.list}, the list; {@code supply.record}, a file to write what was seen into, in the place of
 * looking at it. {@code bin/checksums} and {@code bin/verify} put this into Maven.
 */
public final class ListedJars extends AbstractEventSpy {

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private Map<String, String> listed = Map.of();
    private boolean strict;
    private Path record;

    @Override
    public void init(Context context) throws IOException {
        Properties given = (Properties) context.getData().get("userProperties");
        String version = "# Maven " + ((Properties) context.getData().get("systemProperties")).get("maven.version");
        if (given.getProperty("supply.record") != null) {
            record = Path.of(given.getProperty("supply.record"));
            return;
        }
        Path list = Path.of(given.getProperty("supply.list"));
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
                judge(path, sum, listed.get(path));
            }
        }
    }

    private void judge(String path, String sum, String expected) {
        if (expected == null) {
            say(strict, path + " is not in supply/jars.sha256. If you chose another version, see docs/supply.md;"
                    + " if not, find out who wants it.");
        } else if (!sum.equals(expected)) {
            say(true, path + " is not the file that supply/jars.sha256 knows: its SHA-256 is " + sum
                    + ". Nothing of it was run. Keep it, and find out where it came from.");
        }
    }

    /** Ends Maven there and then, if it is bad: an exception would be logged, and the build go on. */
    private static void say(boolean bad, String what) {
        System.err.println((bad ? "[ERROR] " : "[INFO] ") + what);
        if (bad) {
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
            say(true, file + " cannot be read: " + e);
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
