package hearth.testkit.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Signs commands like an owner, with its own key pair. It implements the documented format independently of the code.
 */
public final class CommandSigner {

    private final KeyPair keys;

    public CommandSigner() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public PublicKey key() {
        return keys.getPublic();
    }

    /** The payload of a signed command. @param expires in whole seconds */
    public String command(String topic, String id, String value, Instant expires) {
        String expiry = expires.truncatedTo(ChronoUnit.SECONDS).toString();
        return wire(id, value, expiry, signature("hearth command 1", topic, id, expiry, value));
    }

    public static String wire(String id, String value, String expires, String signature) {
        return "{\"id\":\"" + id + "\",\"value\":\"" + value + "\",\"expires\":\"" + expires + "\",\"signature\":\""
                + signature + "\"}";
    }

    public String signature(String... lines) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            for (String line : lines) {
                signature.update((line + "\n").getBytes(UTF_8));
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
