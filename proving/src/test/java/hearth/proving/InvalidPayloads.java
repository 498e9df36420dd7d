package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;

/** Payloads that are invalid on every topic. */
final class InvalidPayloads {

    private InvalidPayloads() {}

    /** Texts that lenient parsers accept. */
    static final List<String> TEXTS = List.of(
            "NaN",
            "\"NaN\"",
            "\"Infinity\"",
            "Infinity",
            "-Infinity",
            "1e999",
            "null",
            "true",
            "{}",
            "[]",
            "[21]",
            "{\"target\":21}garbage",
            "{\"value\":21}garbage",
            "{\"value\":21,\"value\":99}",
            "{\"value\":\"PRESS\",\"value\":\"PRESS\"}",
            "{\"trip\":\"a\",\"trip\":\"b\",\"eta_s\":420}",
            "{\"value\":21,\"unknown\":1}",
            "{\"trip\":\"a\",\"eta_s\":420,\"unknown\":1}",
            "021",
            "+21",
            "21,5",
            "0x15",
            "21d",
            "{target:21}",
            "{value:21}",
            "'target'",
            "{'value':21}",
            "\uFEFF21",
            "\uFEFFPRESS",
            "\uFEFF{\"value\":21}",
            "{\"value\":NaN}",
            "{\"value\":\"NaN\"}",
            "{\"value\":Infinity}",
            "{\"value\":1e999}",
            "{\"value\":null}",
            "{\"value\":true}",
            "{\"value\":{}}",
            "{\"value\":[21]}",
            "{\"value\":[\"PRESS\"]}",
            "{\"value\":021}",
            "{\"value\":21} // so there",
            "{\"id\":\"a1\"}",
            "{\"id\":7,\"value\":21}",
            "{\"id\":null,\"value\":21}",
            "{\"id\":\"\",\"value\":\"PRESS\"}",
            "{\"trip\":\"\",\"eta_s\":420}",
            "{\"trip\":\"a b\",\"eta_s\":420}",
            "{\"trip\":\"a\",\"eta_s\":\"420\"}",
            "{\"trip\":\"a\",\"eta_s\":4.2}",
            "{\"trip\":\"a\",\"eta_s\":-1}",
            "{\"trip\":\"a\",\"eta_s\":86401}",
            "{\"trip\":\"a\",\"called_off\":\"true\"}",
            "{\"trip\":\"a\"}",
            "{",
            "{\"",
            "{\"value\":\"\\ud800\"}",
            "PRESS ",
            " PRESS",
            "press",
            "HEAT",
            "heat\n",
            "away\u0000",
            "-300",
            "1".repeat(2000),
            "{\"value\":" + "1".repeat(2000) + "}",
            "[".repeat(4000),
            "{\"value\":" + "[".repeat(4000),
            "{\"a\":".repeat(800),
            "{\"" + "x".repeat(3000) + "\":1}");

    /** Bytes that are not UTF-8, some of which lenient decoders accept. */
    static final List<byte[]> BYTES = List.of(
            new byte[] {(byte) 0xFF},
            new byte[] {'2', '1', (byte) 0xC3},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // U+D800, a lone surrogate.
            new byte[] {(byte) 0xC0, (byte) 0xB2}, // An overlong encoding of 2.
            new byte[] {0},
            new byte[] {'2', '1', 0},
            new byte[] {'P', 'R', 'E', 'S', 'S', 0},
            new byte[] {'h', 'e', 'a', 't', (byte) 0x80},
            "PRESS".getBytes(UTF_16),
            "{\"value\":21}".getBytes(UTF_16));

    static List<byte[]> all() {
        return Stream.concat(TEXTS.stream().map(text -> text.getBytes(UTF_8)), BYTES.stream())
                .toList();
    }
}
