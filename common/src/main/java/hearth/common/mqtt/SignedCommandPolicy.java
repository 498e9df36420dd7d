package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Topic;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Accepts only commands that one of the owner's keys signed (Ed25519, RFC 8032) for this topic, this id, this value and
 * an expiry at most ten minutes ahead. The broker has no such key, so it can only drop and delay commands (ADR 13).
 *
 * <p>The payload is {@code {"id":"…","value":"21.0","expires":"2030-01-01T08:01:00Z","signature":"…"}}: the value is a
 * string with the same text as in a plain command, the signature is base64url (RFC 4648) without padding. The signature
 * covers these lines in UTF-8, each followed by a line feed. No line can contain a line feed:
 *
 * <pre>
 * hearth command 1
 * home/airco/target/set
 * id
 * expires
 * value
 * </pre>
 *
 * <p>A repeated id is accepted again before its expiry: the node recognises it and does not execute it twice. For that,
 * the number of unexpired ids is limited to the number that every node saves.
 */
public final class SignedCommandPolicy implements CommandPolicy {

    /** The latest expiry of a signed command; until then a replay must be recognised. */
    public static final Duration MAX_VALIDITY = Duration.ofMinutes(10);

    private static final String KIND = "hearth command 1";
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9_-]{86}"); // 64 bytes.

    /**
     * One verification takes 1.8 ms on an x86 core, and longer on a Pi; this limits the cost of a flood of forged
     * commands.
     */
    private static final int VERIFY_BURST = 20;

    private static final Duration VERIFY_PERIOD = Duration.ofMillis(250);

    private final List<PublicKey> keys;
    private final int maxUnexpired;
    private final Supplier<Optional<Instant>> wallClock;
    private final InstantSource clock;
    private final RateLimiter verifyLimiter;
    private final Map<String, Instant> unexpiredSignatures = new HashMap<>();

    /**
     * @param keys         public keys; a command must be signed with one of their private keys
     * @param maxUnexpired the number of ids that a node recognises, even after a power cut
     * @param wallClock    the wall clock, compared with the sender's expiry; empty while it is not synchronised
     * @param clock        monotonic
     */
    public SignedCommandPolicy(
            List<PublicKey> keys, int maxUnexpired, Supplier<Optional<Instant>> wallClock, InstantSource clock) {
        this.keys = List.copyOf(keys);
        this.maxUnexpired = maxUnexpired;
        this.wallClock = wallClock;
        this.clock = clock;
        this.verifyLimiter = new RateLimiter(VERIFY_BURST, VERIFY_PERIOD, clock.instant());
    }

    @Override
    public <T> Command<T> authorize(String fullTopic, Topic<T> topic, Payload payload, Instant latestExpiry)
            throws Malformed, CommandRefused {
        if (!(payload instanceof Payload.Fields fields) || !fields.has("signature")) {
            throw rejected("unsigned", "this node accepts only signed commands (setting commands.key)");
        }
        fields.requireOnly("id", "value", "expires", "signature");
        String id = Command.checkedId(fields.text("id"));
        String value = line("value", fields.text("value"));
        Instant expires = time(fields.text("expires"));
        Duration validity = timeLeft(expires);
        if (!unexpiredSignatures.containsKey(id) && unexpiredSignatures.size() >= maxUnexpired) {
            throw rejected(
                    "too-many",
                    maxUnexpired + " signed commands have not expired yet: wait, or sign with a shorter validity");
        }
        if (!verifyLimiter.tryAcquire(clock.instant())) {
            throw rejected("too-many", "more than 4 signed commands per second: send them more slowly");
        }
        String signed = String.join("\n", KIND, fullTopic, id, fields.text("expires"), value) + "\n";
        if (!isSigned(signed.getBytes(UTF_8), signature(fields.text("signature")))) {
            throw rejected(
                    "bad-signature",
                    "none of the keys in commands.key signed this id, value and expiry for " + fullTopic);
        }
        unexpiredSignatures.put(id, expires);
        Instant expiresAt = clock.instant().plus(validity);
        return new Command<>(
                topic.name(),
                id,
                topic.codec().read(new Payload.Text(value)),
                expiresAt.isBefore(latestExpiry) ? expiresAt : latestExpiry);
    }

    /** The time until the expiry; also forgets the ids that have expired. */
    private Duration timeLeft(Instant expires) throws CommandRefused {
        Optional<Instant> wallTime = wallClock.get();
        if (wallTime.isEmpty()) {
            throw rejected(
                    "clock-unsynced",
                    "the clock of this machine is not synchronised, so the node cannot check"
                            + " the expiry: see timedatectl");
        }
        Instant now = wallTime.get();
        unexpiredSignatures.values().removeIf(expiresAt -> !now.isBefore(expiresAt));
        Duration validity = Duration.between(now, expires);
        if (validity.isNegative() || validity.isZero()) {
            throw new CommandRefused(
                    Outcome.EXPIRED,
                    "expired",
                    "the command has expired: check the clocks of the sender and of this machine");
        }
        if (validity.compareTo(MAX_VALIDITY) > 0) {
            throw rejected(
                    "expires-too-late",
                    "the expiry may be at most " + MAX_VALIDITY.toMinutes()
                            + " minutes ahead: check the clocks of the sender and of" + " this machine");
        }
        return validity;
    }

    private boolean isSigned(byte[] text, byte[] signature) {
        return keys.stream().anyMatch(key -> isSignedBy(key, text, signature));
    }

    private static boolean isSignedBy(PublicKey key, byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // The bytes are not a signature.
        }
    }

    private static String line(String name, String text) throws Malformed {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new Malformed(name + ": expected text without control characters");
        }
        return text;
    }

    private static Instant time(String text) throws Malformed {
        try {
            if (TIME.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            // The date does not exist: reported below.
        }
        throw new Malformed("expires: expected a time such as 2030-01-01T08:00:00Z");
    }

    private static byte[] signature(String text) throws Malformed {
        if (!SIGNATURE.matcher(text).matches()) {
            throw new Malformed("signature: expected 86 characters of base64url");
        }
        return Base64.getUrlDecoder().decode(text);
    }

    private static CommandRefused rejected(String code, String text) {
        return new CommandRefused(Outcome.REJECTED, code, text);
    }
}
