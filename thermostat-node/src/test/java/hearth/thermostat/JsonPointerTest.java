package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonPointerTest {

    /** The example of RFC 6901, section 5, with a different value in each place. */
    private static final String EXAMPLE = """
            {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}""";

    @ParameterizedTest
    @CsvSource({
        "/foo/0,bar",
        "/foo/1,baz",
        "/,0",
        "/a~1b,1",
        "/c%d,2",
        "/e^f,3",
        "/g|h,4",
        "/i\\j,5",
        "/k\"l,6",
        "'/ ',7"
    })
    void theStandardsExamplesAreFound(String pointer, String value) throws Malformed {
        assertThat(JsonPointer.of(pointer).valueIn(EXAMPLE)).hasToString(value);
        assertThat(JsonPointer.of(pointer)).hasToString(pointer);
    }

    @Test
    void aTildeIsEscaped() throws Malformed {
        assertThat(JsonPointer.of("/m~0n").valueIn(EXAMPLE)).isEqualTo(8L);
        assertThat(JsonPointer.of("/~01").path()).containsExactly("~1");
    }

    @Test
    void theWholeTextMayBeTheValue() throws Malformed {
        assertThat(JsonPointer.of("").valueIn("20.5")).isEqualTo(20.5);
        assertThat(JsonPointer.of("").valueIn("null")).isEqualTo(Payload.JSON_NULL);
    }

    @Test
    void aDeepValueAmongMuchElseIsFound() throws Malformed {
        String text = "{\"a\":[{\"b\":1},{\"b\":[[],{\"c\":2.5}]}],\"d\":{\"a\":9}}";

        assertThat(JsonPointer.of("/a/1/b/1/c").valueIn(text)).isEqualTo(2.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foo", "/foo/2", "/foo/01", "/foo/-", "/none", "/foo/0/x", "//x"})
    void aMissingOrCompoundValueIsReported(String pointer) {
        assertThatThrownBy(() -> JsonPointer.of(pointer).valueIn(EXAMPLE)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1", "{\"a\":1}}", "{\"a\":1} 2", "{\"a\":1,\"a\":2}", "{a:1}", "", "{\"a\":1,\"b\":tru}"
            })
    void theRestOfTheTextMustBeValidJson(String text) {
        assertThatThrownBy(() -> JsonPointer.of("/a").valueIn(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "/~", "/~2", "/a~"})
    void anInvalidPointerIsRejected(String text) {
        assertThatThrownBy(() -> JsonPointer.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
