package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.value.Celsius;
import hearth.testkit.bus.WireFormat;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payload of each message of a thermostat, and of those that every node has. */
class ThermostatMessagesTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void theTemperature() throws Malformed {
        WireFormat.assertRoundTrip(CommonTopics.TEMPERATURE, Celsius.of(19.44), "19.44");
        WireFormat.assertRoundTrip(CommonTopics.TEMPERATURE, Celsius.of(-10.13), "-10.13");
        WireFormat.assertWritten(CommonTopics.TEMPERATURE, Celsius.of(19.9375), "19.94");
        WireFormat.assertRoundTrip(CommonTopics.TEMPERATURE, Celsius.of(-0.0), "0.00");
    }

    @Test
    void targetModeAndPreset() throws Malformed {
        WireFormat.assertRoundTrip(ClimateTopics.TARGET, Celsius.of(20), "20.0");
        for (Mode mode : Mode.values()) {
            WireFormat.assertRoundTrip(ClimateTopics.MODE, mode, mode.name().toLowerCase(Locale.ROOT));
        }
        WireFormat.assertRoundTrip(ClimateTopics.MODE, Mode.HEAT_COOL, "heat_cool");
        WireFormat.assertRoundTrip(ClimateTopics.PRESET, Preset.AWAY, "away");
    }

    @Test
    void actionAndReason() throws Malformed {
        WireFormat.assertRoundTrip(ClimateTopics.ACTION, Action.HEATING, "heating");
        WireFormat.assertWritten(
                Reason.TOPIC,
                new Reason(Action.HEATING, Action.IDLE, "min-off", NOW.plusMillis(142_001), NOW),
                "{\"want\":\"heat\",\"doing\":\"idle\",\"because\":\"min-off\",\"for_s\":143}");
        WireFormat.assertWritten(
                Reason.TOPIC,
                new Reason(Action.IDLE, Action.IDLE, "in-band", Instant.MAX, NOW),
                "{\"want\":\"idle\",\"doing\":\"idle\",\"because\":\"in-band\",\"for_s\":null}");
    }

    @Test
    void theTopicsOfEveryNode() throws Malformed {
        WireFormat.assertRoundTrip(CommonTopics.STATUS, "online", "online");
        WireFormat.assertRoundTrip(CommonTopics.FAULT, "sensor-short", "sensor-short");
        WireFormat.assertRoundTrip(
                Result.TOPIC,
                new Result("target/set", "a1", Outcome.DONE, ""),
                "{\"command\":\"target/set\",\"id\":\"a1\",\"outcome\":\"done\",\"because\":\"\"}");
        WireFormat.assertRoundTrip(
                Result.TOPIC,
                new Result("mode/set", "", Outcome.REJECTED, "no"),
                "{\"command\":\"mode/set\",\"id\":null,\"outcome\":\"rejected\",\"because\":\"no\"}");
        WireFormat.assertRoundTrip(CommonTopics.RESET, Press.PRESS, "PRESS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-300",
                "4.9",
                "30.1",
                "1000",
                "21.123456789",
                "21.25",
                "69.8",
                "NaN",
                "Infinity",
                "1e999",
                "2.1e1",
                "021",
                "+21",
                "21 ",
                "",
                "0x15",
                "21,0",
                "null",
                "twenty"
            })
    void anInvalidTargetIsRejected(String text) {
        Payload payload = new Payload.Text(text);

        assertThatThrownBy(() -> Command.read("target/set", ClimateTopics.TARGET_SET.codec(), payload, NOW))
                .isInstanceOf(Malformed.class)
                .hasMessageMatching(".*(expected|must be|not a temperature).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.0", "20.5", "30", "30.0"})
    void aTargetWithinBoundsIsAccepted(String text) throws Malformed {
        Command.read("target/set", ClimateTopics.TARGET_SET.codec(), new Payload.Text(text), NOW);
    }
}
