package hearth.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PointerTest {

    /** The example of RFC 6901, section 5, with values that say which they are. */
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
        assertThat(Pointer.of(pointer).in(EXAMPLE)).hasToString(value);
        assertThat(Pointer.of(pointer)).hasToString(pointer);
    }

    @Test
    void aTildeIsEscaped() throws Malformed {
        assertThat(Pointer.of("/m~0n").in(EXAMPLE)).isEqualTo(8L);
        assertThat(Pointer.of("/~01").path()).containsExactly("~1");
    }

    @Test
    void theWholeTextMayBeTheValue() throws Malformed {
        assertThat(Pointer.of("").in("20.5")).isEqualTo(20.5);
        assertThat(Pointer.of("").in("null")).isEqualTo(Payload.NOTHING);
    }

    @Test
    void aDeepValueAmongMuchElseIsFound() throws Malformed {
        String text = "{\"a\":[{\"b\":1},{\"b\":[[],{\"c\":2.5}]}],\"d\":{\"a\":9}}";

        assertThat(Pointer.of("/a/1/b/1/c").in(text)).isEqualTo(2.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/foo", "/foo/2", "/foo/01", "/foo/-", "/none", "/foo/0/x", "//x"})
    void whatIsNotThereOrNotOneValueIsSaid(String pointer) {
        assertThatThrownBy(() -> Pointer.of(pointer).in(EXAMPLE)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1", "{\"a\":1}}", "{\"a\":1} 2", "{\"a\":1,\"a\":2}", "{a:1}", "", "{\"a\":1,\"b\":tru}"
            })
    void theRestOfTheTextMustBeJsonToo(String text) {
        assertThatThrownBy(() -> Pointer.of("/a").in(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "/~", "/~2", "/a~"})
    void whatIsNoPointerIsRefused(String text) {
        assertThatThrownBy(() -> Pointer.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
