package hearth.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The keys, certificates and accounts that {@code tools/enrol} creates for a broker at {@code localhost}. */
public final class Enrolment {

    private static final Path ENROL = Path.of("../tools/enrol").toAbsolutePath().normalize();

    private final Path folder;

    private Enrolment(Path folder) {
        this.folder = folder;
    }

    /** @param folder is created, and contains all keys */
    public static Enrolment in(Path folder, String... devices) throws IOException, InterruptedException {
        Enrolment enrolment = new Enrolment(Files.createDirectories(folder));
        enrolment.enrol("--broker", "localhost");
        for (String device : devices) {
            enrolment.enrol(device.split(" "));
        }
        return enrolment;
    }

    /** Runs {@code tools/enrol}, which must succeed. @return its output */
    public String enrol(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ENROL.toString(), "--in", folder.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The credentials of a device: its key and certificate, and the CA. */
    public Identity identity(String device) throws GeneralSecurityException, IOException {
        KeyStore store = keyStore(device);
        return Identity.NONE
                .withKey(store, store.aliases().nextElement(), new char[0])
                .withAuthorities(authorities());
    }

    /** The credentials of an account without a certificate: user name, password and the CA. */
    public Identity password(String person) throws GeneralSecurityException, IOException {
        String password = secret(person);
        return Identity.NONE
                .withPassword(person, password.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .withAuthorities(authorities());
    }

    public String secret(String person) throws IOException {
        return Files.readString(file("devices/" + person + "/broker.password")).strip();
    }

    public KeyStore keyStore(String device) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file("devices/" + device + "/broker.key-store"))) {
            store.load(in, new char[0]);
        }
        return store;
    }

    public Collection<? extends Certificate> authorities() throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file("ca.crt"))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    /** A copy in another folder, for a test that changes it. */
    public Enrolment copiedTo(Path other) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve(folder.relativize(file).toString()));
            }
        }
        return new Enrolment(other);
    }

    /**
     * Signs a certificate for the broker's key with other dates or another host.
     *
     * @param validFrom such as {@code -10d}
     */
    public void signBroker(String validFrom, int days, String host) throws IOException, InterruptedException {
        sign("broker/broker.key", "/CN=broker", "broker/broker.crt", validFrom, days, "-ext", "SAN=DNS:" + host);
    }

    /** Signs a certificate for a device's key with other dates. */
    public void signDevice(String device, String validFrom, int days) throws IOException, InterruptedException {
        String store = "devices/" + device + "/broker.key-store";
        run("openssl", "pkcs12", "-in", store, "-passin", "pass:", "-nodes", "-nocerts", "-out", "device.key");
        sign("device.key", "/CN=" + device, "device.crt", validFrom, days);
        run("openssl pkcs12 -export -inkey device.key -in device.crt -passout pass: -out".split(" "), store);
    }

    /** Uses keytool, which allows dates that {@code tools/enrol} does not. */
    private void sign(String key, String subject, String to, String validFrom, int days, String... more)
            throws IOException, InterruptedException {
        run("openssl pkcs12 -export -inkey ca.key -in ca.crt -name ca -passout pass:secret -out ca.p12".split(" "));
        run("openssl", "req", "-new", "-key", key, "-subj", subject, "-out", "request.csr");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-gencert", "-rfc"));
        command.addAll(List.of("-keystore", "ca.p12", "-storepass", "secret", "-alias", "ca"));
        command.addAll(List.of("-startdate", validFrom, "-validity", Integer.toString(days)));
        command.addAll(List.of("-infile", "request.csr", "-outfile", to));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    private void run(String[] command, String last) throws IOException, InterruptedException {
        run(Stream.concat(Stream.of(command), Stream.of(last)).toArray(String[]::new));
    }

    /** Runs a command in the folder, which must succeed. @return its output */
    public String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("said", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor())
                    .as("%s%n%s", List.of(command), Files.readString(output))
                    .isZero();
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
