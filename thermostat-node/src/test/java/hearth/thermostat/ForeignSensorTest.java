package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Malformed;
import hearth.common.value.Celsius;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as in the documentation of those programs. */
final class ForeignSensorTest {

    private static final ForeignSensor ZIGBEE = ForeignSensor.of("zigbee2mqtt/Living room#/temperature");
    private static final ForeignSensor TASMOTA = ForeignSensor.of("tele/attic/SENSOR#/DS18B20/Temperature");
    private static final ForeignSensor ESPHOME = ForeignSensor.of("hall/sensor/temperature/state");

    @Test
    void zigbee2MqttPublishesOneObject() throws Malformed {
        assertThat(ZIGBEE.topic()).isEqualTo("zigbee2mqtt/Living room");
        assertThat(ZIGBEE.read("""
                {"battery":91,"humidity":51.87,"linkquality":120,"temperature":21.35,"voltage":2900,\
                "update":{"installed_version":1,"state":"idle"}}""")).isEqualTo(Celsius.of(21.35));
    }

    @Test
    void tasmotaPublishesTheTemperatureBelowTheSensorsName() throws Malformed {
        assertThat(TASMOTA.read("""
                {"Time":"2030-01-01T08:00:00","DS18B20":{"Id":"0119F0A2","Temperature":20.1},"TempUnit":"C"}""")).isEqualTo(Celsius.of(20.1));
    }

    @Test
    void fahrenheitIsRejected() {
        assertThatThrownBy(() -> TASMOTA.read("""
                {"Time":"2030-01-01T08:00:00","DS18B20":{"Id":"0119F0A2","Temperature":50.1},"TempUnit":"F"}"""))
                .isInstanceOf(Malformed.class)
                .hasMessage("TempUnit: expected C");
    }

    @Test
    void espHomePublishesAPlainNumber() throws Malformed {
        assertThat(ESPHOME.read("20.1")).isEqualTo(Celsius.of(20.1));
        assertThat(ESPHOME.read("-3")).isEqualTo(Celsius.of(-3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nan", "NaN", "", " 20", "20 °C", "1e1", "21,5", "inf", "{\"temperature\":20}", "-300", "off"})
    void anythingButAPlainNumberIsRejected(String text) {
        assertThatThrownBy(() -> ESPHOME.read(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "20",
                "[20]",
                "{\"temperature\":null}",
                "{\"temperature\":\"20\"}",
                "{\"temperature\":true}",
                "{\"temperature\":{\"value\":20}}",
                "{\"temperature\":1e999}",
                "{\"temperature\":NaN}",
                "{\"temperature\":-273.5}",
                "{\"temperature\":20,\"temperature\":21}",
                "{\"temperature\":20} and more",
                "{\"temperature\":20",
                ""
            })
    void aMessageWithoutANumberAtThePointerIsRejected(String text) {
        assertThatThrownBy(() -> ZIGBEE.read(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "zigbee2mqtt/+#/temperature, without +",
        "zigbee2mqtt/x#temperature, JSON pointer",
        "zigbee2mqtt/x#/a~2, JSON pointer"
    })
    void anInvalidTopicOrPointerIsReported(String source, String message) {
        assertThatThrownBy(() -> ForeignSensor.of(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void homeAssistantFindsTheSameNumber() {
        assertThat(TASMOTA.template()).contains("{{ value_json['DS18B20']['Temperature'] }}");
        assertThat(ForeignSensor.of("a/b#/list/0/it's").template()).contains("{{ value_json['list'][0]['it\\'s'] }}");
        assertThat(ESPHOME.template()).isEmpty();
    }
}
