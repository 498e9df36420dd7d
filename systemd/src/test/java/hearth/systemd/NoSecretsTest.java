package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The project contains no secret: tests create their keys when they run, and the samples in this test are put together
 * from parts. There is no list of exceptions.
 */
class NoSecretsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void noTrackedFileHasASecret() throws Exception {
        List<String> tracked = tracked();
        List<String> found = new ArrayList<>();

        for (String file : tracked) {
            Path path = PROJECT.resolve(file);
            if (Files.isRegularFile(path)) {
                found.addAll(SecretScan.in(file, Files.readAllBytes(path)));
            }
        }

        assertThat(tracked).hasSizeGreaterThan(400).contains("bin/verify", "pom.xml");
        assertThat(found).isEmpty();
    }

    static Stream<String> keys() throws Exception {
        return Stream.of(
                pem("PRIVATE KEY", "Ed25519", "\n"),
                pem("PRIVATE KEY", "RSA", "\n"),
                pem("EC PRIVATE KEY", "EC", "\r\n"),
                pem("OPENSSH PRIVATE KEY", "RSA", "\\n\" + \""),
                pem("RSA PRIVATE KEY", "RSA", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123\n\n"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aPrivateKeyIsFound(String key) throws IOException {
        assertThat(in("see:\n\n" + key)).contains("notes.txt:3: a private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "RSA", "EC"})
    void aPrivateKeyWithoutPemLinesIsFound(String algorithm) throws Exception {
        assertThat(in("KEY=" + encoded(algorithm))).containsExactly("notes.txt:1: a private key without PEM lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
    void aKeyStoreIsFoundWhateverItsName(String type) throws Exception {
        Path file = folder.resolve("notes.txt");
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }

        assertThat(SecretScan.in("notes.txt", Files.readAllBytes(file)))
                .containsExactly("notes.txt: a key store, or a file with such a name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/car.p12", "broker.KEY", "home/id_ed25519"})
    void aFileWithTheNameOfAKeyIsFound(String name) throws IOException {
        assertThat(SecretScan.in(name, new byte[0])).hasSize(1);
    }

    static Stream<String> secrets() {
        return Stream.of(
                "password = " + random(16),
                "\"apiKey\": \"" + random(24) + "\"",
                "mqtt.TOKEN=" + random(20),
                "mqtt://car:" + random(12) + "@192.168.1.2",
                "car:$7$101$" + random(12) + "$" + random(60),
                "root:$y$j9T$" + random(22) + "$" + random(43),
                "AKIA" + "Z7".repeat(8),
                "ghp_" + random(36),
                "github_pat_" + random(60),
                "glpat-" + random(20),
                "xoxb-" + random(30),
                "AIza" + random(35),
                "eyJ" + random(20) + ".eyJ" + random(30) + "." + random(40));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aFoundSecretIsNotPrinted(String secret) throws IOException {
        assertThat(in("first\n" + secret + "\nlast")).isNotEmpty().allSatisfy(found -> assertThat(found)
                .startsWith("notes.txt:2: ")
                .doesNotContain(secret));
    }

    @Test
    void archivesAreSearched() throws Exception {
        Path file = folder.resolve("notes");
        Files.writeString(file, pem("PRIVATE KEY", "Ed25519", "\n"));
        ProgramRun.lines("gzip", file.toString());

        assertThat(SecretScan.in("notes.gz", Files.readAllBytes(folder.resolve("notes.gz"))))
                .contains("notes.gz:1: a private key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker.password-file = /etc/credstore/car-node.broker.password",
                "mqtt://USER:PASSWORD@192.168.1.2",
                "https://user:${password}@example.org",
                "password: expected one line, the password",
                "token = nextToken(parser, JsonToken.START_OBJECT)",
                "sha256 10ad6fe3735747fb4fe33f9b1d358caf045c40dfc06e652e38e9ed33dfe0b650",
                "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUZ0000000000000000000000000000wCgYIKoZIzj0EAwIw",
                "-----BEGIN PRIVATE KEY-----\n… and so on\n-----END PRIVATE KEY-----",
            })
    void textAboutSecretsIsNoSecret(String text) throws IOException {
        assertThat(in(text)).isEmpty();
    }

    private static List<String> in(String text) throws IOException {
        return SecretScan.in("notes.txt", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without git, as in an archive of the sources: all files that are not built or hidden. */
    private static List<String> tracked() throws IOException, InterruptedException {
        if (Files.exists(PROJECT.resolve(".git"))) {
            String[] git = {"git", "-c", "safe.directory=*", "-C", PROJECT.toString(), "ls-files", "-z"};
            return List.of(String.join("\n", ProgramRun.lines(git)).split("\0"));
        }
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.map(file -> PROJECT.relativize(file).toString())
                    .filter(file -> !file.matches("(?:.*/)?(?:target|\\.[^/]+|house|my\\.conf)(?:/.*)?"))
                    .toList();
        }
    }

    private static String pem(String kind, String algorithm, String afterFirstLine) throws Exception {
        return "-----BEGIN " + kind + "-----" + afterFirstLine + encoded(algorithm) + "\n-----END " + kind + "-----\n";
    }

    private static String encoded(String algorithm) throws Exception {
        return Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance(algorithm)
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
    }

    /** Letters and digits that look random. */
    private static String random(int length) {
        return "a7Bk2XqZ9mR4tYp8LwC3".repeat(length / 20 + 1).substring(0, length);
    }
}
