package hearth.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A house's certificates, made in a folder by the very commands of {@code docs/install.md}: {@code ca.crt}, {@code
 * broker.crt} and {@code .key}, {@code car.p12}.
 */
public final class Certificates {

    private static final Path MANUAL = Path.of("../docs/install.md");
    private static final Pattern COMMANDS = Pattern.compile("```\\n([^`]*openssl req -x509[^`]*)```");
    private static final String HOST = "home.example.org";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** @param folder is made */
    public static Certificates in(Path folder) throws IOException, InterruptedException {
        Matcher commands = COMMANDS.matcher(Files.readString(MANUAL));
        assertThat(commands.find()).as("commands with openssl in %s", MANUAL).isTrue();
        assertThat(commands.group(1)).contains(HOST);
        Certificates made = new Certificates(Files.createDirectories(folder));
        made.run("bash", "-e", "-o", "pipefail", "-c", commands.group(1).replace(HOST, "localhost"));
        return made;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The broker's key gets a certificate whose time begins then. @param begins such as {@code -10d} */
    void broker(String begins, int days) throws IOException, InterruptedException {
        give("broker", "/CN=localhost", begins, days, "-ext", "SAN=DNS:localhost");
    }

    /** The car's key gets a certificate whose time begins then, and {@code car.p12} is made of it. */
    void car(String begins, int days) throws IOException, InterruptedException {
        give("car", "/CN=car", begins, days);
        run("openssl pkcs12 -export -inkey car.key -in car.crt -passout pass: -out car.p12".split(" "));
    }

    /** By keytool: openssl makes none that begins on another day than today. */
    private void give(String who, String subject, String begins, int days, String... more)
            throws IOException, InterruptedException {
        run(
                "openssl",
                "pkcs12",
                "-export",
                "-inkey",
                "ca.key",
                "-in",
                "ca.crt",
                "-name",
                "ca",
                "-passout",
                "pass:secret",
                "-out",
                "ca.p12");
        run("openssl", "req", "-new", "-key", who + ".key", "-subj", subject, "-out", who + ".csr");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-gencert",
                "-rfc",
                "-keystore",
                "ca.p12",
                "-storepass",
                "secret",
                "-alias",
                "ca",
                "-startdate",
                begins,
                "-validity",
                Integer.toString(days),
                "-infile",
                who + ".csr",
                "-outfile",
                who + ".crt"));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    /** Runs a command in that folder. */
    public void run(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor())
                .as("%s, which needs openssl: apt-get install openssl%n%s", List.of(command), Files.readString(said))
                .isZero();
    }
}
