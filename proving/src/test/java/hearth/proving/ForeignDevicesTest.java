package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.common.mqtt.Incoming;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualNodes;
import hearth.thermostat.ThermostatNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thermostat with thermometers of other makers, and a car with the position of a phone. */
class ForeignDevicesTest {

    private static final int HEAT = 17;
    private static final String LIVING_ROOM_TOPIC = "zigbee2mqtt/Living room";
    private static final String ATTIC_TOPIC = "tele/attic/SENSOR";
    private static final String PHONE_TOPIC = "owntracks/anna/phone";
    private static final Duration STEP = Duration.ofMinutes(4);

    @TempDir
    private Path stateFolder;

    private VirtualNodes nodes;

    @BeforeEach
    void build() {
        nodes = new VirtualNodes(stateFolder);
    }

    @Test
    void aZigbeeThermometerHeatsTheRoomAndItsSilenceStopsIt() {
        MemoryHal airco = airco(LIVING_ROOM_TOPIC + "#/temperature");
        for (int i = 0;
                i < 4;
                i++) { // The minimum pause after the boot, and a second reading, because a single outlier does not
            // count.
            publish(LIVING_ROOM_TOPIC, "{\"linkquality\":120,\"temperature\":17.2}", false);
            nodes.advance(STEP);
        }
        assertThat(airco.isOn(HEAT)).isTrue();
        assertThat(fault()).isEqualTo("none");

        nodes.advance(Duration.ofMinutes(11));

        assertThat(airco.isOn(HEAT)).isFalse();
        assertThat(fault()).isEqualTo("no-reading");
    }

    @Test
    void aRetainedReadingOfUnknownAgeIsNotUsed() {
        publish(LIVING_ROOM_TOPIC, "{\"temperature\":17.2}", true);

        MemoryHal airco = airco(LIVING_ROOM_TOPIC + "#/temperature");
        nodes.advance(Duration.ofMinutes(30));

        assertThat(airco.isOn(HEAT)).isFalse();
        assertThat(fault()).isEqualTo("no-reading");
    }

    @Test
    void severalThermometersGiveOneTemperature() {
        MemoryHal airco = airco(
                LIVING_ROOM_TOPIC + "#/temperature, " + ATTIC_TOPIC + "#/DS18B20/Temperature, hall/sensor/t/state");
        for (int i = 0; i < 4; i++) {
            publish(LIVING_ROOM_TOPIC, "{\"temperature\":18}", false);
            publish(ATTIC_TOPIC, "{\"DS18B20\":{\"Temperature\":17.1},\"TempUnit\":\"C\"}", false);
            publish("hall/sensor/t/state", "21.0", false);
            nodes.advance(STEP);
        }
        assertThat(airco.isOn(HEAT)).as("at 18.7 °C").isFalse();

        for (int i = 0; i < 4; i++) {
            publish(LIVING_ROOM_TOPIC, "{\"temperature\":17}", false);
            publish(ATTIC_TOPIC, "{\"DS18B20\":{\"Temperature\":16.1},\"TempUnit\":\"C\"}", false);
            publish("hall/sensor/t/state", "20.0", false);
            nodes.advance(STEP);
        }
        assertThat(airco.isOn(HEAT)).as("at 17.7 °C").isTrue();
    }

    @Test
    void malformedReadingsHeatNothing() {
        MemoryHal airco = airco(LIVING_ROOM_TOPIC + "#/temperature", "plain/topic");
        for (String text : new String[] {"{\"temperature\":\"5\"}", "5", "{\"temperature\":NaN}", "", "{"}) {
            for (int i = 0; i < 3; i++) {
                publish(LIVING_ROOM_TOPIC, text, false);
                nodes.advance(STEP);
                assertThat(airco.isOn(HEAT)).as(text).isFalse();
            }
        }
        assertThat(fault()).isEqualTo("no-reading");
    }

    /** The clock of the phone is one day ahead; it has no effect. */
    @Test
    void aPhoneInTheCarAnnouncesTheArrival() {
        car();
        for (int i = 0; i <= 60; i++) {
            reportPhonePosition(13_000 - i * 150, 8, i * 10L, false);
            nodes.advance(Duration.ofSeconds(10));
        }

        assertThat(published("home/car/presence")).isEqualTo("approaching");
        assertThat(published("home/car/approach")).contains("\"eta_s\":");
        assertThat(published("home/car/fault")).isEqualTo("none");
        assertThat(nodes.broker().stored("home/car/position")).isEmpty();
    }

    @Test
    void aRetainedPositionOfAPhoneIsNotUsed() {
        reportPhonePosition(13_000, 8, 0, true);
        car();
        nodes.advance(Duration.ofMinutes(1));

        assertThat(nodes.broker().stored("home/car/presence")).isEmpty();
        nodes.advance(Duration.ofMinutes(6));
        assertThat(published("home/car/fault")).isEqualTo("gps-no-fix");
    }

    @Test
    void aPhoneThatDoesNotMoveIsNotSilent() {
        car();
        for (int i = 0; i < 5; i++) {
            reportPhonePosition(0, 8, i * 300L, false);
            nodes.advance(Duration.ofMinutes(5));
            assertThat(published("home/car/fault")).isEqualTo("none");
        }
        assertThat(published("home/car/presence")).isEqualTo("home");
    }

    private void car() {
        nodes.start(new CarNode(), "car", "car.home = 52.3731, 4.8926", "car.owntracks = " + PHONE_TOPIC);
    }

    /** @param metres north of home @param seconds of the clock of the phone */
    private void reportPhonePosition(double metres, int accuracyM, long seconds, boolean retained) {
        double latitudeDeg = 52.3731 + metres / 111_195;
        publish(
                PHONE_TOPIC,
                "{\"_type\":\"location\",\"acc\":" + accuracyM
                        + ",\"alt\":3,\"batt\":81,\"conn\":\"m\",\"inregions\":[],"
                        + "\"lat\":" + String.format(Locale.ROOT, "%.6f", latitudeDeg)
                        + ",\"lon\":4.8926,\"t\":\"u\",\"tid\":\"an\",\"tst\":" + (1_893_600_000L + seconds)
                        + ",\"vel\":54}",
                retained);
    }

    private String published(String topic) {
        return new String(nodes.broker().stored(topic).orElseThrow().payload(), UTF_8);
    }

    private MemoryHal airco(String... sources) {
        return nodes.start(
                new ThermostatNode(),
                "airco",
                "airco.sources = " + String.join(", ", sources),
                "airco.heat.gpio = " + HEAT,
                "sensor.stale-after = 10m");
    }

    private String fault() {
        return published("home/airco/fault");
    }

    private void publish(String topic, String text, boolean retained) {
        nodes.broker()
                .publish(new Incoming(topic, text.getBytes(UTF_8), retained, Incoming.ABSENT, Incoming.ABSENT), 1);
        nodes.advance(Duration.ZERO);
    }
}
