package hearth.systemd;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Finds secrets in a file: private keys, key stores, hashes of passwords, tokens of services with a known format, and a
 * password or token with a value that looks random. It reports the place, never the secret.
 *
 * <p>The name of a secret, a placeholder and a password that consists of words are no secrets:
 * {@code broker.password-file = …}, {@code user:PASSWORD@host}.
 */
final class SecretScan {

    private static final double RANDOM_BITS = 3.2;

    private static final Pattern KEY_STORE_NAME = Pattern.compile(
            "(?:.*\\.(?:p12|pfx|jks|keystore|key|kdbx)|id_(?:rsa|dsa|ecdsa|ed25519)|\\.netrc|\\.pgpass)");

    private static final Map<String, Pattern> TOKEN_PATTERNS = Map.of(
            "a private key",
            Pattern.compile("-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\\s\\S]{0,200}?[A-Za-z0-9+/]{44}"),
            "a private key without PEM lines",
            // PKCS#8 of RSA, of Ed25519, and of the NIST curves in their two encodings.
            Pattern.compile("\\bM(?:II[\\w+/]{3}IBADANBgkqhkiG9w0BAQEFAASC|C4CAQAwBQYDK[2]VwBCIEI"
                    + "|[\\w+/]{2}CAQAw[\\w+/]{2}YHKoZIzj0CAQ|IG[\\w+/]AgEAM[\\w+/]{2}GByqGSM49AgEG)"),
            "the hash of a password",
            Pattern.compile("\\$(?:1|2[aby]|5|6|7|y|argon2id?)\\$[\\w./+=,$-]{20}"),
            "a key of a cloud service",
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\bAIza[\\w-]{35}\\b|\\bsk_live_\\w{20}"),
            "a token of a code-hosting service",
            Pattern.compile(
                    "\\bgh[pousr]_\\w{36}|\\bgithub_pat_\\w{40}|\\bglpat-[\\w-]{20}|\\bnpm_\\w{36}|\\bpypi-AgE\\w{20}"),
            "a token of a messaging service",
            Pattern.compile("\\bxox[abeprs]-[\\w-]{20}|\\b\\d{8,10}:AA[\\w-]{33}\\b"),
            "a signed token",
            Pattern.compile("\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}"));

    private static final Pattern URL_PASSWORD =
            Pattern.compile("\\b[a-z][a-z0-9+.-]*://[^\\s/:@\"'<>]+:([^\\s/@\"'<>]+)@");

    private static final Pattern ASSIGNED_VALUE = Pattern.compile(
            "(?i)(?:password|passwd|passphrase|secret|token|api[-_.]?key|psk|credential)s?[\"']?\\s*[:=]\\s*[\"']?"
                    + "([\\w+/=!#%&*^~-]{12,})");

    private SecretScan() {}

    /** @return the place and the kind of each secret */
    static List<String> in(String name, byte[] content) throws IOException {
        List<String> found = new ArrayList<>();
        String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (KEY_STORE_NAME.matcher(last).matches() || isKeyStore(content)) {
            found.add(name + ": a key store, or a file with such a name");
        }
        String text = new String(unpacked(content), StandardCharsets.ISO_8859_1);
        TOKEN_PATTERNS.forEach((kind, pattern) -> find(name, text, kind, pattern, match -> true, found));
        find(name, text, "a password in an address", URL_PASSWORD, match -> isNoPlaceholder(match.group(1)), found);
        find(name, text, "a secret with a value", ASSIGNED_VALUE, match -> isRandom(match.group(1)), found);
        return found;
    }

    private static void find(
            String name, String text, String kind, Pattern pattern, Predicate<Matcher> accepted, List<String> found) {
        Matcher match = pattern.matcher(text);
        while (match.find()) {
            if (accepted.test(match)) {
                long line = 1
                        + text.chars()
                                .limit(match.start())
                                .filter(c -> c == '\n')
                                .count();
                found.add(name + ":" + line + ": " + kind);
            }
        }
    }

    /** JKS, JCEKS, and PKCS#12: a sequence that begins with version 3. */
    private static boolean isKeyStore(byte[] content) {
        if (content.length < 8) {
            return false;
        }
        String start = new String(content, 0, 8, StandardCharsets.ISO_8859_1);
        return start.startsWith("\u00fe\u00ed\u00fe\u00ed")
                || start.startsWith("\u00ce\u00ce\u00ce\u00ce")
                || (start.startsWith("0") && start.contains("\u0002\u0001\u0003"));
    }

    private static boolean isNoPlaceholder(String password) {
        return password.chars().anyMatch(Character::isLowerCase) && !password.matches("[${%].*|[a-z]+");
    }

    /** Whether letters and digits are mixed, unlike in a word, and few of them repeat. */
    private static boolean isRandom(String value) {
        if (value.chars().noneMatch(Character::isDigit) || value.chars().noneMatch(Character::isLetter)) {
            return false;
        }
        double bits = value.chars()
                .mapToDouble(letter ->
                        (double) value.chars().filter(other -> other == letter).count() / value.length())
                .map(share -> -Math.log(share) / Math.log(2) / value.length())
                .sum();
        return bits >= RANDOM_BITS;
    }

    private static byte[] unpacked(byte[] content) throws IOException {
        if (content.length < 2 || content[0] != 0x1f || content[1] != (byte) 0x8b) {
            return content;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }
}
