package hearth.common.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.testkit.bus.Enrolment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * All problems with a node's keys, certificates and passwords, each of them injected: for its test, and for
 * docs/troubleshooting.md.
 */
public enum CredentialProblem {
    MISSING_FILE("broker.key-store = SECRETS/nothing.p12"),
    A_KEY_THAT_OTHERS_CAN_READ("broker.key-store = SECRETS/open.p12"),
    A_PASSWORD_THAT_OTHERS_CAN_READ("broker.password-file = SECRETS/open.txt"),
    A_FILE_TOO_LARGE("broker.key-store = SECRETS/large.p12"),
    NO_KEY_STORE("broker.key-store = SECRETS/car.crt"),
    A_KEY_STORE_WITHOUT_A_KEY("broker.key-store = SECRETS/keyless.p12"),
    A_KEY_STORE_WITH_ANOTHER_PASSWORD("broker.key-store = SECRETS/locked.p12"),
    NO_PASSWORD("broker.password-file = SECRETS/empty.txt"),
    A_PASSWORD_OF_TWO_LINES("broker.password-file = SECRETS/long.txt"),
    A_PASSWORD_IN_THE_SETTINGS("broker.password = hunter2"),
    NO_AUTHORITY("broker.ca = SECRETS/empty.txt"),
    AN_AUTHORITY_THAT_IS_A_KEY_STORE("broker.ca = SECRETS/car.p12"),
    A_BROKER_WITHOUT_TLS("broker.ca = SECRETS/ca.crt", "broker.urls = mqtts://localhost, mqtt://localhost"),
    ONE_BROKER_WITHOUT_TLS(
            "broker.password-file = SECRETS/sesame.txt", "broker.urls = mqtts://localhost, mqtt://localhost"),
    AN_OWNERS_KEY_THAT_OTHERS_CAN_CHANGE("commands.key = SECRETS/loose.pub"),
    AN_OWNERS_PRIVATE_KEY("commands.key = SECRETS/owner.key"),
    NO_OWNERS_KEY("commands.key = SECRETS/car.crt"),
    AN_OWNERS_KEY_OF_ANOTHER_KIND("commands.key = SECRETS/curve.pub"),
    TOO_MANY_OWNERS("commands.key = SECRETS/crowd.pub");

    private static final String FOLDER = "SECRETS";
    private static final String OWNER_ONLY = "rw-------";
    private static final String READABLE_BY_ALL = "rw-r--r--";

    private final String settings;

    CredentialProblem(String... lines) {
        this.settings = String.join("\n", lines);
    }

    /** A folder with valid and invalid files. */
    public static Path secrets(Path folder) throws IOException, InterruptedException {
        Enrolment enrolment = Enrolment.in(folder, "car");
        Files.copy(folder.resolve("devices/car/broker.key-store"), folder.resolve("car.p12"));
        enrolment.run("openssl pkcs12 -in car.p12 -passin pass: -nodes -out car.pem".split(" "));
        enrolment.run("openssl pkcs12 -in car.p12 -passin pass: -nokeys -out car.crt".split(" "));
        enrolment.run("openssl pkcs12 -export -in car.pem -passout pass:sesame -out locked.p12".split(" "));
        enrolment.run("openssl pkcs12 -export -nokeys -in car.pem -passout pass: -out keyless.p12".split(" "));
        enrolment.run("openssl genpkey -algorithm ED25519 -out owner.key".split(" "));
        enrolment.run("openssl pkey -in owner.key -pubout -out owner.pub".split(" "));
        enrolment.run("openssl pkey -in car.pem -pubout -out curve.pub".split(" "));
        String owner = Files.readString(folder.resolve("owner.pub"));
        write(folder, "loose.pub", owner, "rw-rw-r--");
        write(folder, "crowd.pub", owner.repeat(5), READABLE_BY_ALL);
        write(folder, "sesame.txt", "sesame\n", OWNER_ONLY);
        write(folder, "empty.txt", "", OWNER_ONLY);
        write(folder, "long.txt", "open\nsesame\n", OWNER_ONLY);
        write(folder, "open.txt", "sesame\n", READABLE_BY_ALL);
        write(folder, "large.p12", "x".repeat(100_000), OWNER_ONLY);
        Files.copy(folder.resolve("car.p12"), folder.resolve("open.p12"));
        Files.setPosixFilePermissions(folder.resolve("open.p12"), PosixFilePermissions.fromString(READABLE_BY_ALL));
        return folder;
    }

    /** The messages to the owner. @param secrets that folder */
    public List<String> problems(Path secrets) {
        try {
            read("car.conf", settings.replace(FOLDER, secrets.toString()), Map.of());
            return List.of();
        } catch (BadSettings e) {
            return e.problems();
        }
    }

    static NodeSettings read(String file, String text, Map<String, String> environment) throws BadSettings {
        String url = text.contains("broker.urls") ? "" : "broker.urls = mqtts://localhost\n";
        return Settings.of(file, text + "\nnode.name = car\n" + url)
                .check(settings -> NodeSettings.read(settings, environment));
    }

    private static void write(Path folder, String name, String text, String mode) throws IOException {
        Path file = Files.write(folder.resolve(name), text.getBytes(UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
