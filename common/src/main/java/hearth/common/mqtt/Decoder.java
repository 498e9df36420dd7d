package hearth.common.mqtt;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes every received payload, strictly.
 *
 * <p>A payload is at most 4 KiB of valid UTF-8 (RFC 3629; {@code new String} would hide invalid bytes). If it begins
 * with an opening brace it is one flat JSON object (RFC 8259), otherwise plain text.
 */
public final class Decoder {

    /** The largest payload that a topic needs. */
    public static final int MAX_BYTES = 4096;

    private Decoder() {}

    public static Payload decode(byte[] bytes) throws Malformed {
        String text = text(bytes);
        return text.startsWith("{") ? Json.fields(text) : new Payload.Text(text);
    }

    /** For topics of other programs, whose JSON may contain more than Hearth reads. */
    static String text(byte[] bytes) throws Malformed {
        if (bytes.length > MAX_BYTES) {
            throw new Malformed(bytes.length + " bytes: expected at most " + MAX_BYTES);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("the payload is not UTF-8 text");
        }
    }
}
