package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.value.Celsius;
import hearth.testkit.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that parsers often accept (faults F), read as the command that sets a temperature. */
final class DecoderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "\"NaN\"",
                "\"Infinity\"",
                "Infinity",
                "-Infinity",
                "1e999",
                "1e1",
                "null",
                "true",
                "{}",
                "[]",
                "[21]",
                "021",
                "+21",
                ".5",
                "21.",
                "--21",
                "0x15",
                "21,5",
                "21 ",
                " 21",
                "21\n",
                "21.0 °C",
                "'21'",
                "21d",
                "２１", // Digits, but not ASCII.
                "\uFEFF21",
                "\uFEFF{\"value\":21}",
                "2\u00001",
                "-300",
                "21.1234567",
                "12345678",
                "{\"value\":NaN}",
                "{\"value\":\"NaN\"}",
                "{\"value\":\"21\"}",
                "{\"value\":Infinity}",
                "{\"value\":1e999}",
                "{\"value\":-1e999}",
                "{\"value\":1e300}",
                "{\"value\":99999999999999999999}",
                "{\"value\":null}",
                "{\"value\":true}",
                "{\"value\":{}}",
                "{\"value\":[21]}",
                "{\"value\":021}",
                "{value:21}",
                "{'value':21}",
                "{\"value\":21}garbage",
                "{\"value\":21}{\"value\":22}",
                "{\"value\":21,}",
                "{\"value\":21",
                "{\"value\":21,\"value\":99}",
                "{\"value\":21,\"unknown\":1}",
                "{\"id\":\"a1\"}",
                "{\"id\":7,\"value\":21}",
                "{\"id\":\"\",\"value\":21}",
                "{\"id\":\"home/+/#\",\"value\":21}",
                "{\"value\":21} // so there",
                "{",
                "{\"",
            })
    @Fault("F1")
    void anythingButAPlainTemperatureIsRejected(String text) {
        assertThatThrownBy(() -> target(text.getBytes(UTF_8))).isInstanceOf(Malformed.class);
    }

    @Test
    @Fault("F1")
    void aVeryLongPayloadIsRejectedBeforeItCosts() {
        for (String text : new String[] {
            "1".repeat(2000),
            "{\"value\":" + "1".repeat(2000) + "}",
            "{\"value\":1." + "1".repeat(2000) + "}",
            "[".repeat(4000),
            "{\"value\":" + "[".repeat(4000),
            "{\"a\":".repeat(800),
            "x".repeat(Decoder.MAX_BYTES + 1),
            "[".repeat(100_000),
        }) {
            assertThatThrownBy(() -> target(text.getBytes(UTF_8))).isInstanceOf(Malformed.class);
        }
    }

    @Test
    @Fault("F4")
    void aPayloadThatIsNotUtf8IsRejected() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0xFF},
            {'2', '1', (byte) 0xC3},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // U+D800, half of a pair.
            {(byte) 0xC0, (byte) 0xB2}, // An overlong 2.
            "{\"value\":21}".getBytes(StandardCharsets.UTF_16),
        }) {
            assertThatThrownBy(() -> target(bytes)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void plainAndWithAnIdAreTheSameTemperature() throws Malformed {
        assertThat(target("21".getBytes(UTF_8)).value()).isEqualTo(Celsius.of(21));
        assertThat(target("-0.5".getBytes(UTF_8)).value()).isEqualTo(Celsius.of(-0.5));
        assertThat(target("{\"value\":21.5}".getBytes(UTF_8)).value()).isEqualTo(Celsius.of(21.5));
        assertThat(target(" {\"value\":21.5}".strip().getBytes(UTF_8)).hasId()).isFalse();
        assertThat(target("{\"id\":\"a1\",\"value\":21}".getBytes(UTF_8)).id()).isEqualTo("a1");
    }

    @Test
    void theReasonContainsNothingHarmful() {
        assertThatThrownBy(() -> target(("2\u0007" + "x".repeat(1000)).getBytes(UTF_8)))
                .hasMessageContaining("'2?x")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(120));
    }

    /** For a terminal, U+009B starts a control sequence, like ESC and [. */
    @Test
    void theReasonContainsNoControlCharacters() {
        assertThatThrownBy(() -> target("2\u009b2J\u0085".getBytes(UTF_8))).hasMessageContaining("'2?2J?'");
    }

    @Test
    void noInputCausesAnotherException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] seedling = "{\"id\":\"a1\",\"value\":21.5}".getBytes(UTF_8);

        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = random.nextBoolean() ? seedling.clone() : new byte[random.nextInt(40)];
            for (int changes = random.nextInt(4); bytes.length > 0 && changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(target(bytes).value().degrees()).isFinite();
            } catch (Malformed expected) {
                assertThat(expected.reason()).isNotEmpty();
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + seed + ": " + new String(bytes, UTF_8), bug);
            }
        }
    }

    private static Command<Celsius> target(byte[] bytes) throws Malformed {
        Payload payload = Decoder.decode(bytes);
        return Command.read("target/set", PayloadCodec.celsius(1), payload, Instant.MAX);
    }
}
