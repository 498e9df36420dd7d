package hearth.common.runtime;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public keys in a PEM file (RFC 7468), each one for Ed25519 (RFC 8410). */
final class AuthorizedKeys {

    private static final int MAX_KEYS = 4; // Each command is verified with each key.
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private AuthorizedKeys() {}

    /** @return 1 to 4 @throws IllegalArgumentException with a message for the owner */
    static List<PublicKey> parse(byte[] pem) {
        List<PublicKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.US_ASCII));
        while (block.find()) {
            if (block.group(1).contains("PRIVATE")) {
                throw new IllegalArgumentException("contains a private key, which must stay on the computer that"
                        + " signs: use the public key, the file that ends in .pub");
            }
            if (block.group(1).equals("PUBLIC KEY")) {
                keys.add(key(block.group(2)));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "contains no public key: expected a block that begins with -----BEGIN PUBLIC KEY-----");
        }
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("contains " + keys.size() + " keys: expected at most " + MAX_KEYS);
        }
        return keys;
    }

    private static PublicKey key(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "contains a key that is not an Ed25519 key: create one with hearth-sign --new-key", e);
        }
    }
}
