package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.mqtt.Identity;
import hearth.common.settings.BadSettings;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys, certificates and passwords of a node. */
@Tag("debian")
class CredentialsTest {

    @TempDir
    private static Path root;

    private static Path secrets;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        secrets = CredentialProblem.secrets(root.resolve("secrets"));
    }

    @ParameterizedTest
    @EnumSource
    void aProblemWithAFileIsReportedWithLineValueAndRemedy(CredentialProblem problem) {
        String where = secrets.toString();
        String problems =
                switch (problem) {
                    case MISSING_FILE -> "broker.key-store = " + where + "/nothing.p12: the file does not exist";
                    case A_KEY_THAT_OTHERS_CAN_READ ->
                        "broker.key-store = " + where + "/open.p12: is readable or writable by others: chmod 600"
                                + " " + where
                                + "/open.p12; if others may have read it, create a new one";
                    case A_PASSWORD_THAT_OTHERS_CAN_READ ->
                        "broker.password-file = " + where + "/open.txt: is readable or writable by others: chmod 600"
                                + " " + where
                                + "/open.txt; if others may have read it, create a new one";
                    case A_FILE_TOO_LARGE ->
                        "broker.key-store = " + where + "/large.p12: is larger than the maximum (65536 bytes)";
                    case NO_KEY_STORE ->
                        "broker.key-store = " + where
                                + "/car.crt: is not a PKCS#12 file: create one with openssl pkcs12 -export";
                    case A_KEY_STORE_WITHOUT_A_KEY ->
                        "broker.key-store = " + where
                                + "/keyless.p12: contains no key: openssl pkcs12 -export requires -inkey and -in";
                    case A_KEY_STORE_WITH_ANOTHER_PASSWORD ->
                        "broker.key-store = " + where + "/locked.p12: cannot be opened with the password in"
                                + " broker.key-store-password-file (without that setting: an empty password)";
                    case NO_PASSWORD ->
                        "broker.password-file = " + where + "/empty.txt: expected one line, the password";
                    case A_PASSWORD_OF_TWO_LINES ->
                        "broker.password-file = " + where + "/long.txt: expected one line, the password";
                    case A_PASSWORD_IN_THE_SETTINGS ->
                        "broker.password = …: no such setting (did you mean broker.password-file?)";
                    case NO_AUTHORITY ->
                        "broker.ca = " + where + "/empty.txt: contains no certificate: expected a block that begins"
                                + " with -----BEGIN CERTIFICATE-----";
                    case AN_AUTHORITY_THAT_IS_A_KEY_STORE ->
                        "broker.ca = " + where + "/car.p12: contains no certificate: expected a block that begins"
                                + " with -----BEGIN CERTIFICATE-----";
                    case A_BROKER_WITHOUT_TLS ->
                        "broker.urls = mqtts://localhost, mqtt://localhost: broker.key-store or broker.ca is set, so"
                                + " each address must be mqtts://host:port";
                    case ONE_BROKER_WITHOUT_TLS ->
                        "broker.urls = mqtts://localhost, mqtt://localhost: one address is mqtts://, so each must be:"
                                + " otherwise an attacker could force a connection without TLS";
                    case AN_OWNERS_KEY_THAT_OTHERS_CAN_CHANGE ->
                        "commands.key = " + where + "/loose.pub: is writable by others, who could then command this"
                                + " node: chmod 644 " + where + "/loose.pub";
                    case AN_OWNERS_PRIVATE_KEY ->
                        "commands.key = " + where + "/owner.key: contains a private key, which must stay on the"
                                + " computer that signs: use the public key, the file that ends in .pub";
                    case NO_OWNERS_KEY ->
                        "commands.key = " + where + "/car.crt: contains no public key: expected a block that begins"
                                + " with -----BEGIN PUBLIC KEY-----";
                    case AN_OWNERS_KEY_OF_ANOTHER_KIND ->
                        "commands.key = " + where + "/curve.pub: contains a key that is not an Ed25519 key: create"
                                + " one with hearth-sign --new-key";
                    case TOO_MANY_OWNERS ->
                        "commands.key = " + where + "/crowd.pub: contains 5 keys: expected at most 4";
                };

        assertThat(problem.problems(secrets))
                .singleElement()
                .asString()
                .endsWith(problems)
                .matches("car\\.conf:[12]: .*");
    }

    @Test
    @Fault("H2")
    void aPasswordThatAllUsersCanReadIsNotUsed() {
        assertThat(CredentialProblem.A_PASSWORD_THAT_OTHERS_CAN_READ.problems(secrets))
                .singleElement()
                .asString()
                .contains("is readable or writable by others: chmod 600 ");
    }

    @Test
    void aPasswordWrittenIntoTheSettingsIsNotRepeated() {
        assertThat(CredentialProblem.A_PASSWORD_IN_THE_SETTINGS
                        .problems(secrets)
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void withoutAnyFileTheNodeHasNoCredentials() throws BadSettings {
        assertThat(read("", Map.of()).identity()).isSameAs(Identity.NONE);
    }

    @Test
    void onlyAuthorizedKeysAreUsed() throws Exception {
        Path credentials = Files.createDirectory(root.resolve("owners"));
        Files.copy(secrets.resolve("owner.pub"), credentials.resolve("commands.key"));

        assertThat(read("", Map.of()).authorizedKeys()).isEmpty();
        assertThat(read("commands.key = " + secrets + "/owner.pub", Map.of()).authorizedKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.getAlgorithm()).isEqualTo("EdDSA"));
        assertThat(read("", Map.of("CREDENTIALS_DIRECTORY", credentials.toString()))
                        .authorizedKeys())
                .hasSize(1);
    }

    @Test
    void aKeyStoreOpensWithItsPassword() throws BadSettings {
        assertThat(read("""
                                broker.key-store = %s/locked.p12
                                broker.key-store-password-file = %s/sesame.txt
                                """.formatted(secrets, secrets), Map.of()).identity().requiresTls())
                .isTrue();
    }

    @Test
    void aPasswordAloneRequiresNoTls() throws BadSettings {
        assertThat(read("broker.urls = mqtt://localhost\nbroker.password-file = " + secrets + "/sesame.txt", Map.of())
                        .identity())
                .isNotSameAs(Identity.NONE)
                .satisfies(identity -> assertThat(identity.requiresTls()).isFalse());
    }

    @Test
    void aSystemdCredentialIsUsedWithoutASetting() throws Exception {
        Path credentials = Files.createDirectory(root.resolve("credentials"));
        Files.copy(secrets.resolve("locked.p12"), credentials.resolve("broker.key-store"));
        Files.copy(secrets.resolve("sesame.txt"), credentials.resolve("broker.key-store-password"));
        // As in systemd 254 and newer: an ACL gives the service access, and the group mode is its mask.
        Files.setPosixFilePermissions(
                credentials.resolve("broker.key-store"), PosixFilePermissions.fromString("r--r-----"));
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", credentials.toString());

        assertThat(read("", environment).identity().requiresTls()).isTrue();
        assertThatThrownBy(() -> read("broker.urls = mqtt://localhost", environment))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("so each address must be mqtts://host:port");
    }

    @Test
    void aSettingOverridesASystemdCredential() throws Exception {
        Path credentials = Files.createDirectory(root.resolve("others"));
        Files.writeString(credentials.resolve("broker.key-store"), "not one");
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", credentials.toString());

        assertThat(read("broker.key-store = " + secrets + "/car.p12", environment)
                        .identity()
                        .requiresTls())
                .isTrue();
        assertThatThrownBy(() -> read("", environment))
                .isInstanceOf(BadSettings.class)
                .hasMessage("car.conf: broker.key-store = credential: is not a PKCS#12 file: create one with openssl"
                        + " pkcs12 -export");
    }

    private static NodeSettings read(String text, Map<String, String> environment) throws BadSettings {
        return CredentialProblem.read("car.conf", text, environment);
    }
}
