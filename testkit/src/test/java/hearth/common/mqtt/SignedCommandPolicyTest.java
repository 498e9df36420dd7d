package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Topic;
import hearth.common.value.Celsius;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.CommandSigner;
import hearth.testkit.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed commands, which a broker cannot forge. */
final class SignedCommandPolicyTest {

    private static final Topic<Celsius> TARGET = Topic.command("target/set", 1, PayloadCodec.celsius(1), "a test's");
    private static final String WHERE = "home/airco/target/set";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST = 32;

    private final ManualClock clock = new ManualClock();
    private final CommandSigner owner = new CommandSigner();
    private Optional<Instant> wall = Optional.of(Instant.parse("2030-01-01T08:00:00Z"));
    private final SignedCommandPolicy gate = gate(owner);

    @Test
    void aSignedCommandIsAcceptedUntilItsExpiry() throws Exception {
        assertThat(admitted(signed("a1", "21.5", Duration.ofSeconds(20))))
                .isEqualTo(new Command<>("target/set", "a1", Celsius.of(21.5), clock.in(Duration.ofSeconds(20))));
        assertThat(admitted(signed("a2", "21.5", Duration.ofMinutes(10))))
                .as("no longer than the message expiry")
                .isEqualTo(new Command<>("target/set", "a2", Celsius.of(21.5), clock.in(MINUTE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "21.5",
                "{\"id\":\"a1\",\"value\":21.5}",
                "{\"id\":\"a1\",\"value\":\"21.5\",\"expires\":\"2030-01-01T08:01:00Z\"}"
            })
    @Fault("Gc")
    void aCommandWithoutASignatureIsRejected(String sent) {
        assertThat(refusal(sent))
                .isEqualTo("rejected unsigned: this node accepts only signed commands (setting commands.key)");
    }

    @Test
    void aCommandSignedWithAnotherKeyIsRejected() {
        assertThat(refusal(new CommandSigner()
                        .command(WHERE, "a1", "21.5", wall.orElseThrow().plus(MINUTE))))
                .startsWith("rejected bad-signature: ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another topic, home/airco/mode/set, a1, 21.5, 2030-01-01T08:01:00Z",
        "another device, home/attic/target/set, a1, 21.5, 2030-01-01T08:01:00Z",
        "another house, hut/airco/target/set, a1, 21.5, 2030-01-01T08:01:00Z",
        "another id, home/airco/target/set, a2, 21.5, 2030-01-01T08:01:00Z",
        "another value, home/airco/target/set, a1, 30.0, 2030-01-01T08:01:00Z",
        "another form of the value, home/airco/target/set, a1, 21.50, 2030-01-01T08:01:00Z",
        "another time, home/airco/target/set, a1, 21.5, 2030-01-01T08:02:00Z"
    })
    @Fault("Gc")
    void aSignatureIsValidForOneCommandOnly(String what, String topic, String id, String value, String expires) {
        String signature = owner.signature("hearth command 1", topic, id, expires, value);

        assertThat(refusal(CommandSigner.wire("a1", "21.5", "2030-01-01T08:01:00Z", signature)))
                .as(what)
                .startsWith("rejected bad-signature: ");
    }

    /** The same bytes with line feeds at other places would be another command with the same signature. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a1|2030-01-01T08:01:00Z|21.5\\n|value: expected text without control characters",
                "a1|2030-01-01T08:01:00Z|\\u0000|value: expected text without control characters",
                "a1|2030-01-01T08:01:00Z||value: expected text without control characters",
                "a1\\n2030-01-01T08:01:00Z|2030-01-01T08:01:00Z|21.5|id: expected 1 to 64 characters, each a letter,"
                        + " a digit or one of . _ : -",
                "a1|2030-01-01T08:01:00Z\\n21.5|30.0|expires: expected a time such as 2030-01-01T08:00:00Z",
                "a1|2030-01-01T08:01Z|30.0|expires: expected a time such as 2030-01-01T08:00:00Z",
                "a1|2030-02-30T08:01:00Z|30.0|expires: expected a time such as 2030-01-01T08:00:00Z",
                "a1|2030-01-01T08:01:00+01:00|30.0|expires: expected a time such as 2030-01-01T08:00:00Z"
            })
    void noFieldCanContainALineFeed(String id, String expires, @Nullable String value, String why) {
        String sent = CommandSigner.wire(id, value == null ? "" : value, expires, "A".repeat(86));

        assertThat(refusal(sent)).isEqualTo("malformed " + why);
    }

    @Test
    void aSignatureWithAnyBitChangedIsRejected() {
        String end = "2030-01-01T08:01:00Z";
        byte[] good = Base64.getUrlDecoder().decode(owner.signature("hearth command 1", WHERE, "a1", end, "21.5"));
        for (int bit = 0; bit < good.length * 8; bit++) {
            clock.pass(Duration.ofSeconds(1)); // As fast as signatures are verified.
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(bad);

            assertThat(refusal(CommandSigner.wire("a1", "21.5", end, signature)))
                    .as("bit %d", bit)
                    .startsWith("rejected bad-signature: ");
        }
        assertThat(refusal(CommandSigner.wire("a1", "21.5", end, "A".repeat(85))))
                .isEqualTo("malformed signature: expected 86 characters of base64url");
    }

    @Test
    @Fault("Gc")
    void aReplayAfterTheExpiryIsExpired() throws Exception {
        String sent = signed("a1", "21.5", MINUTE);
        admitted(sent);

        pass(Duration.ofSeconds(59));
        assertThat(admitted(sent).id()).as("the node recognises it").isEqualTo("a1");
        pass(Duration.ofSeconds(1));
        assertThat(refusal(sent))
                .isEqualTo("expired expired: the command has expired: check the clocks of the sender"
                        + " and of this machine");
    }

    @Test
    void theExpiryIsAtMostAsLateAsIdsAreRecognised() throws Exception {
        assertThat(refusal(signed("a1", "21.5", Duration.ofSeconds(601))))
                .isEqualTo(
                        "rejected expires-too-late: the expiry may be at most 10 minutes ahead: check the clocks of the sender and"
                                + " of this machine");
        admitted(signed("a1", "21.5", Duration.ofMinutes(10)));
    }

    @Test
    @Fault({"Gc", "D3"})
    void withoutASynchronisedClockNoCommandIsAccepted() throws Exception {
        String sent = signed("a1", "21.5", MINUTE);
        Optional<Instant> time = wall;

        wall = Optional.empty();
        assertThat(refusal(sent))
                .isEqualTo("rejected clock-unsynced: the clock of this machine is not synchronised, so the node cannot"
                        + " check the expiry: see timedatectl");
        wall = time;
        assertThat(admitted(sent).id()).isEqualTo("a1");
    }

    @Test
    void theNumberOfUnexpiredIdsIsLimited() throws Exception {
        for (int i = 0; i < MOST; i++) {
            admitted(signed("a" + i, "21.5", MINUTE));
            clock.pass(Duration.ofMillis(250));
        }

        assertThat(refusal(signed("b", "21.5", MINUTE)))
                .isEqualTo("rejected too-many: 32 signed commands have not expired yet: wait, or sign with a shorter"
                        + " validity");
        assertThat(admitted(signed("a0", "21.5", MINUTE)).id()).as("a repeat").isEqualTo("a0");
        pass(MINUTE);
        assertThat(admitted(signed("b", "21.5", MINUTE)).id()).isEqualTo("b");
    }

    @Test
    void inAFloodOfForgeriesTwentyAreVerifiedAndThenFourPerSecond() throws Exception {
        List<String> refusals = new ArrayList<>();
        String forged = new CommandSigner()
                .command(WHERE, "a1", "30.0", wall.orElseThrow().plus(MINUTE));
        for (int i = 0; i < 1000; i++) { // In ten seconds.
            refusals.add(refusal(forged).split(":", -1)[0]);
            clock.pass(Duration.ofMillis(10));
        }

        assertThat(Collections.frequency(refusals, "rejected bad-signature")).isEqualTo(20 + 40 - 1);
        assertThat(Collections.frequency(refusals, "rejected too-many")).isEqualTo(1000 - 59);
        clock.pass(Duration.ofMillis(250));
        assertThat(admitted(signed("a1", "21.5", MINUTE)).id()).isEqualTo("a1");
    }

    @Test
    void commandsOfEachAuthorizedKeyAreAccepted() throws Exception {
        CommandSigner other = new CommandSigner();
        SignedCommandPolicy both = gate(owner, other);

        for (CommandSigner each : List.of(owner, other)) {
            String sent = each.command(WHERE, "a1", "21.5", wall.orElseThrow().plus(MINUTE));
            assertThat(both.authorize(WHERE, TARGET, Decoder.decode(sent.getBytes(UTF_8)), clock.in(MINUTE))
                            .id())
                    .isEqualTo("a1");
        }
    }

    @Test
    void aSignedCommandMustBeWellFormedToo() {
        assertThat(refusal(signed("a1", "warm", MINUTE)))
                .isEqualTo("malformed 'warm' is not a plain number: expected a number such as 21.0");
        assertThat(refusal(signed("a2", "21.5", MINUTE).replace("}", ",\"when\":\"now\"}")))
                .startsWith("malformed unknown field 'when'");
        assertThat(refusal(signed("a3", "21.5", MINUTE).replace("\"21.5\"", "21.5")))
                .isEqualTo("malformed value: expected text");
    }

    @Test
    void anyFieldContentCausesOnlyARefusal() {
        Random random = new Random(6);
        String good = signed("a1", "21.5", MINUTE);
        int admitted = 0;
        for (int i = 0; i < 20_000; i++) {
            clock.pass(Duration.ofMillis(50));
            byte[] bytes = good.getBytes(UTF_8);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Throwable thrown =
                    catchThrowable(() -> gate.authorize(WHERE, TARGET, Decoder.decode(bytes), clock.in(MINUTE)));
            admitted += thrown == null ? 1 : 0;
            assertThat(thrown == null || thrown instanceof Malformed || thrown instanceof CommandRefused)
                    .as("%s: %s", new String(bytes, UTF_8), thrown)
                    .isTrue();
        }
        assertThat(admitted)
                .as("mutations that changed nothing, or only a blank")
                .isLessThan(200);
    }

    /** The printed figure is for information; the limit only detects a machine that hangs. */
    @Test
    void verifyingASignatureIsFast() throws Exception {
        String sent = signed("a1", "21.5", MINUTE);
        Payload payload = Decoder.decode(sent.getBytes(UTF_8));
        int looks = 300;
        for (int i = 0; i < looks; i++) {
            look(payload);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < looks; i++) {
            look(payload);
        }
        double us = (System.nanoTime() - begin) / 1000.0 / looks;

        System.out.printf(Locale.ROOT, "signatures: %.0f µs each%n", us);
        assertThat(us).isLessThan(50_000);
    }

    private void look(Payload payload) throws Malformed, CommandRefused {
        clock.pass(Duration.ofMillis(250));
        gate.authorize(WHERE, TARGET, payload, clock.in(MINUTE));
    }

    private SignedCommandPolicy gate(CommandSigner... owners) {
        return new SignedCommandPolicy(
                List.of(owners).stream().map(CommandSigner::key).toList(), MOST, () -> wall, clock);
    }

    private void pass(Duration time) {
        clock.pass(time);
        wall = wall.map(now -> now.plus(time));
    }

    private String signed(String id, String value, Duration expiry) {
        return owner.command(WHERE, id, value, wall.orElseThrow().plus(expiry));
    }

    private Command<Celsius> admitted(String sent) throws Malformed, CommandRefused {
        return gate.authorize(WHERE, TARGET, Decoder.decode(sent.getBytes(UTF_8)), clock.in(MINUTE));
    }

    private String refusal(String sent) {
        try {
            return "admitted as " + admitted(sent);
        } catch (Malformed e) {
            return "malformed " + e.reason();
        } catch (CommandRefused e) {
            return (e.outcome() == Outcome.EXPIRED ? "expired " : "rejected ") + e.reason();
        }
    }
}
