package hearth.common.runtime;

import hearth.common.mqtt.Identity;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The key, certificates and passwords of a node. Each comes from systemd as a credential, or from the file that a
 * setting names. A secret is never in the settings file itself, and its file must not be readable by others. Problems
 * are reported like errors in the settings. Without credentials, no TLS classes are loaded.
 */
final class Credentials {

    private static final Setting<String> KEY_STORE = file(
            "broker.key-store",
            "file with this node's key and certificate for TLS (PKCS#12)",
            "no certificate is sent");

    private static final Setting<String> KEY_STORE_PASSWORD =
            file("broker.key-store-password-file", "file with the password of broker.key-store", "no password");

    private static final Setting<String> CA = file(
            "broker.ca", "CA certificate (PEM) that must have signed the broker's certificate", "Java's trust store");

    private static final Setting<String> PASSWORD =
            file("broker.password-file", "file with the password of the user node.name at the broker", "no password");

    private static final Setting<String> AUTHORIZED_KEYS = file(
            "commands.key",
            "file with up to four public keys (PEM, from hearth-sign --new-key): the node accepts only commands signed with one"
                    + " of their private keys",
            "the node also accepts unsigned commands");

    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> OTHERS_MAY_READ = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE);

    private static final Set<PosixFilePermission> OTHERS_MAY_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Settings settings;
    private final Optional<Path> credentials;

    /** @param environment contains {@code CREDENTIALS_DIRECTORY} if systemd passes credentials */
    Credentials(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.credentials =
                Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY")).map(Path::of);
    }

    /** @param user the user name for the password */
    Identity identity(String user) {
        Identity identity = Identity.NONE;
        Optional<byte[]> store = content(KEY_STORE, true);
        char[] storePassword = line(KEY_STORE_PASSWORD).map(String::toCharArray).orElse(new char[0]);
        if (store.isPresent()) {
            identity = withKey(identity, store.get(), storePassword);
        }
        Optional<byte[]> authorities = content(CA, false);
        if (authorities.isPresent()) {
            identity = withAuthorities(identity, authorities.get());
        }
        Optional<String> password = line(PASSWORD);
        return password.isPresent()
                ? identity.withPassword(user, password.get().getBytes(StandardCharsets.UTF_8))
                : identity;
    }

    /** The public keys for signed commands; without any, no class for signatures is loaded. */
    List<PublicKey> authorizedKeys() {
        String configured = settings.get(AUTHORIZED_KEYS);
        if (!configured.isEmpty() && permitsAny(Path.of(configured), OTHERS_MAY_WRITE)) {
            settings.reportConflict(
                    AUTHORIZED_KEYS,
                    "is writable by others, who could then command this node: chmod 644 " + configured);
            return List.of();
        }
        try {
            return content(AUTHORIZED_KEYS, false).map(AuthorizedKeys::parse).orElse(List.of());
        } catch (IllegalArgumentException e) {
            settings.reportConflict(AUTHORIZED_KEYS, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private Identity withKey(Identity identity, byte[] content, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return identity.withKey(store, alias, password);
                }
            }
            settings.reportConflict(KEY_STORE, "contains no key: openssl pkcs12 -export requires -inkey and -in");
        } catch (IOException e) {
            settings.reportConflict(
                    KEY_STORE,
                    e.getCause() instanceof UnrecoverableKeyException
                            ? "cannot be opened with the password in broker.key-store-password-file (without that"
                                    + " setting: an empty password)"
                            : "is not a PKCS#12 file: create one with openssl pkcs12 -export");
        } catch (GeneralSecurityException e) {
            settings.reportConflict(KEY_STORE, "cannot be used (" + e.getMessage() + ")");
        }
        return identity;
    }

    private Identity withAuthorities(Identity identity, byte[] content) {
        try {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (!authorities.isEmpty()) {
                return identity.withAuthorities(authorities);
            }
            settings.reportConflict(CA, NO_CERTIFICATE);
        } catch (CertificateException e) {
            settings.reportConflict(CA, NO_CERTIFICATE);
        } catch (GeneralSecurityException | IOException e) {
            settings.reportConflict(CA, "cannot be used (" + e.getMessage() + ")");
        }
        return identity;
    }

    private static final String NO_CERTIFICATE =
            "contains no certificate: expected a block that begins with -----BEGIN CERTIFICATE-----";

    private Optional<String> line(Setting<String> setting) {
        Optional<List<String>> lines = content(setting, true)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList());
        if (lines.isPresent() && (lines.get().size() != 1 || lines.get().get(0).isEmpty())) {
            settings.reportConflict(setting, "expected one line, the password");
            return Optional.empty();
        }
        return lines.map(line -> line.get(0));
    }

    /** The content of the file; empty if there is none, or after a reported problem. */
    private Optional<byte[]> content(Setting<String> setting, boolean secret) {
        String configured = settings.get(setting);
        if (configured.isEmpty()) {
            // systemd restricts access to credentials by an ACL, so the file mode is not checked here.
            return credentials
                    .map(folder -> folder.resolve(credential(setting.key())))
                    .filter(Files::exists)
                    .flatMap(file -> content(setting, file));
        }
        Path file = Path.of(configured);
        if (secret && (permitsAny(file, OTHERS_MAY_READ) || permitsAny(file, OTHERS_MAY_WRITE))) {
            settings.reportConflict(
                    setting,
                    "is readable or writable by others: chmod 600 " + file + "; if others may have read it,"
                            + " create a new one");
            return Optional.empty();
        }
        return content(setting, file);
    }

    private Optional<byte[]> content(Setting<String> setting, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length <= MAX_BYTES) {
                return Optional.of(content);
            }
            settings.reportConflict(setting, "is larger than the maximum (" + MAX_BYTES + " bytes)");
        } catch (NoSuchFileException e) {
            settings.reportConflict(setting, "the file does not exist");
        } catch (AccessDeniedException e) {
            settings.reportConflict(
                    setting,
                    "no permission to read it: a service receives it as a credential, /etc/credstore/…-node."
                            + credential(setting.key()));
        } catch (IOException e) {
            settings.reportConflict(setting, "cannot be read (" + e.getMessage() + ")");
        }
        return Optional.empty();
    }

    /** False for a missing file, and on a file system without POSIX permissions. */
    private static boolean permitsAny(Path file, Set<PosixFilePermission> permissions) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            return view != null && !Collections.disjoint(view.readAttributes().permissions(), permissions);
        } catch (IOException e) {
            return false; // Reported when the file is read.
        }
    }

    private static String credential(String key) {
        return key.replace("-file", "");
    }

    private static Setting<String> file(String key, String description, String fallback) {
        String where = ". Default: the systemd credential " + credential(key) + ", else " + fallback;
        return Setting.text(key, "credential", Pattern.compile("/\\P{Cc}*"), "an absolute path", description + where)
                .or("credential", "");
    }
}
