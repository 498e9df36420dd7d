package hearth.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import org.junit.jupiter.api.Test;

final class JsonTest {

    @Test
    void everyKindOfValueIsReadAsItIsWritten() throws Malformed {
        Payload.Fields fields = Payload.Fields.of(
                "text",
                "a \"quoted\" ü\n",
                "whole",
                420L,
                "broken",
                -0.25,
                "yes",
                true,
                "nothing",
                Payload.JSON_NULL,
                "largest",
                Long.MAX_VALUE);

        String text = Json.write(fields);

        assertThat(text)
                .isEqualTo("{\"text\":\"a \\\"quoted\\\" ü\\n\",\"whole\":420,\"broken\":-0.25,\"yes\":true,"
                        + "\"nothing\":null,\"largest\":9223372036854775807}");
        assertThat(Json.fields(text)).isEqualTo(fields);
    }

    @Test
    void integersAndDecimalsAreDistinguished() throws Malformed {
        assertThat(Json.fields("{\"a\":1,\"b\":1.0,\"c\":1e2}").values())
                .containsEntry("a", 1L)
                .containsEntry("b", 1.0)
                .containsEntry("c", 100.0);
    }

    @Test
    void tooLargeNumbersAreRejected() {
        for (String number : new String[] {"1e999", "-1e999", "9223372036854775808", "1".repeat(33)}) {
            assertThatThrownBy(() -> Json.fields("{\"a\":" + number + "}"))
                    .as(number)
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void aNameMayOccurOnce() {
        assertThatThrownBy(() -> Json.fields("{\"a\":1,\"a\":2}")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Json.fields("{\"a\":1,\"\\u0061\":2}")).isInstanceOf(Malformed.class);
    }

    @Test
    void onlyASingleObjectIsRead() {
        for (String text :
                new String[] {"", " ", "1", "[]", "\"a\"", "null", "{}{}", "{} 1", "{}x", "{,}", "{\"a\"}"}) {
            assertThatThrownBy(() -> Json.fields(text)).as(text).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void nestedValuesAreRejectedOrSkippedOnRequest() throws Malformed {
        String text = "{\"before\":1,\"object\":{\"a\":[1,{}]},\"array\":[1,[2]],\"after\":\"x\"}";

        assertThatThrownBy(() -> Json.fields(text))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("'object'");
        assertThat(Json.flatFields(text)).isEqualTo(Payload.Fields.of("before", 1L, "after", "x"));
    }

    @Test
    void tooDeeplyNestedValuesAreRejectedEvenWhenTheyWouldBeSkipped() {
        assertThatThrownBy(() -> Json.flatFields("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(Malformed.class);
    }
}
