package hearth.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadParserTest {

    @Test
    void aNumberIsAPlainDecimal() {
        assertThat(PayloadParser.number("21")).isEqualTo(21);
        assertThat(PayloadParser.number("-0.5")).isEqualTo(-0.5);
        for (String text : new String[] {"", "-", ".", "1.", ".5", "021", "1e3", "NaN", "21,5", "1234567", "1.1.1"}) {
            assertThat(PayloadParser.number(text)).as(text).isNaN();
        }
    }

    @Test
    void aFlatObjectIsParsedInAnyOrderAndWithSpaces() {
        String json = " {\"value\" : 21.0 , \"id\":\"a1\",\"because\":\"he said \\\"no\\\"\"} ";
        assertThat(PayloadParser.fields(json)).containsOnlyKeys("value", "id", "because");
        assertThat(PayloadParser.text(json, "id")).isEqualTo("a1");
        assertThat(PayloadParser.text(json, "value")).isEmpty();
    }

    @Test
    void otherTextsHaveNoFields() {
        for (String text : new String[] {
            "",
            "21",
            "{}",
            "{",
            "{\"a\":1",
            "{\"a\":1}x",
            "{\"a\":1,\"a\":2}",
            "{\"a\":{}}",
            "{\"a\":}",
            "{a:1}",
            "{\"a"
        }) {
            assertThat(PayloadParser.fields(text)).as(text).isEmpty();
        }
    }
}
