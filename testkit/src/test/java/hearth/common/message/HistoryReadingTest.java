package hearth.common.message;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.json.Json;
import hearth.common.value.Celsius;
import hearth.testkit.bus.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payload of a stored reading, and of its acknowledgement by a consumer. */
final class HistoryReadingTest {

    @Test
    void aReadingHasIdTemperatureAndAge() throws Malformed {
        WireFormat.assertRoundTrip(
                HistoryReading.TOPIC,
                new HistoryReading("a1-7", Celsius.of(19.44), Optional.of(Duration.ofSeconds(61))),
                "{\"id\":\"a1-7\",\"temperature_c\":19.44,\"age_s\":61}");
    }

    @Test
    void aReadingOfUnknownAgeIsMarkedUnsynced() throws Malformed {
        WireFormat.assertRoundTrip(
                HistoryReading.TOPIC,
                new HistoryReading("a1-7", Celsius.of(-3.0), Optional.empty()),
                "{\"id\":\"a1-7\",\"temperature_c\":-3.0,\"clock\":\"unsynced\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"temperature_c\":19.44,\"age_s\":61}",
                "{\"id\":\"a 1\",\"temperature_c\":19.44,\"age_s\":61}",
                "{\"id\":\"a1\",\"age_s\":61}",
                "{\"id\":\"a1\",\"temperature_c\":\"warm\",\"age_s\":61}",
                "{\"id\":\"a1\",\"temperature_c\":-274,\"age_s\":61}",
                "{\"id\":\"a1\",\"temperature_c\":19.44,\"age_s\":-1}",
                "{\"id\":\"a1\",\"temperature_c\":19.44,\"age_s\":31622401}",
                "{\"id\":\"a1\",\"temperature_c\":19.44,\"age\":61}"
            })
    void anythingElseIsNotAReading(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void aConsumerAcknowledgesOneOrSeveralIds() throws Malformed {
        WireFormat.assertRoundTrip(HistoryReading.ACKNOWLEDGE, List.of("a1-7"), "a1-7");
        WireFormat.assertRoundTrip(HistoryReading.ACKNOWLEDGE, List.of("a1-7", "a1-8", "none"), "a1-7 a1-8 none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a1-7  a1-8", "a1-7, a1-8", "ä"})
    void anInvalidIdIsRejected(String text) {
        assertThatThrownBy(() -> ids(text)).isInstanceOf(Malformed.class);
    }

    private static HistoryReading read(String text) throws Malformed {
        return HistoryReading.TOPIC.codec().read(Json.fields(text));
    }

    private static List<String> ids(String text) throws Malformed {
        return HistoryReading.ACKNOWLEDGE.codec().read(new Payload.Text(text));
    }
}
