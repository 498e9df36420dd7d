package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.common.mqtt.Incoming;
import hearth.testkit.MemoryHal;
import hearth.thermostat.ThermostatNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room that is heated by other people's thermometers, and a car that knows its place by a phone. */
class OthersTest {

    private static final int HEAT = 17;
    private static final String LIVING = "zigbee2mqtt/Living room";
    private static final String ATTIC = "tele/attic/SENSOR";
    private static final String PHONE = "owntracks/anna/phone";
    private static final Duration BETWEEN = Duration.ofMinutes(4);

    @TempDir
    private Path memories;

    private VirtualHouse house;

    @BeforeEach
    void build() {
        house = new VirtualHouse(memories);
    }

    @Test
    void aZigbeeThermometerHeatsTheRoomAndItsSilenceStopsIt() {
        MemoryHal airco = airco(LIVING + "#/temperature");
        for (int i = 0; i < 4; i++) { // A boot rests first, and a lone outlier does not count.
            say(LIVING, "{\"linkquality\":120,\"temperature\":17.2}", false);
            house.pass(BETWEEN);
        }
        assertThat(airco.isOn(HEAT)).isTrue();
        assertThat(fault()).isEqualTo("none");

        house.pass(Duration.ofMinutes(11));

        assertThat(airco.isOn(HEAT)).isFalse();
        assertThat(fault()).isEqualTo("no-reading");
    }

    @Test
    void whatTheBrokerHadInStoreIsNoReading() {
        say(LIVING, "{\"temperature\":17.2}", true);

        MemoryHal airco = airco(LIVING + "#/temperature");
        house.pass(Duration.ofMinutes(30));

        assertThat(airco.isOn(HEAT)).isFalse();
        assertThat(fault()).isEqualTo("no-reading");
    }

    @Test
    void severalOfDifferentMakesAreOneTemperature() {
        MemoryHal airco = airco(LIVING + "#/temperature, " + ATTIC + "#/DS18B20/Temperature, hall/sensor/t/state");
        for (int i = 0; i < 4; i++) {
            say(LIVING, "{\"temperature\":18}", false);
            say(ATTIC, "{\"DS18B20\":{\"Temperature\":17.1},\"TempUnit\":\"C\"}", false);
            say("hall/sensor/t/state", "21.0", false);
            house.pass(BETWEEN);
        }
        assertThat(airco.isOn(HEAT)).as("at 18.7 °C").isFalse();

        for (int i = 0; i < 4; i++) {
            say(LIVING, "{\"temperature\":17}", false);
            say(ATTIC, "{\"DS18B20\":{\"Temperature\":16.1},\"TempUnit\":\"C\"}", false);
            say("hall/sensor/t/state", "20.0", false);
            house.pass(BETWEEN);
        }
        assertThat(airco.isOn(HEAT)).as("at 17.7 °C").isTrue();
    }

    @Test
    void nonsenseOnAnothersTopicHeatsNothing() {
        MemoryHal airco = airco(LIVING + "#/temperature", "plain/topic");
        for (String text : new String[] {"{\"temperature\":\"5\"}", "5", "{\"temperature\":NaN}", "", "{"}) {
            for (int i = 0; i < 3; i++) {
                say(LIVING, text, false);
                house.pass(BETWEEN);
                assertThat(airco.isOn(HEAT)).as(text).isFalse();
            }
        }
        assertThat(fault()).isEqualTo("no-reading");
    }

    /** A phone's clock is a day ahead of ours, and nobody minds. */
    @Test
    void aPhoneInTheCarSaysThatItIsComingHome() {
        car();
        for (int i = 0; i <= 60; i++) {
            locate(13_000 - i * 150, 8, i * 10L, false);
            house.pass(Duration.ofSeconds(10));
        }

        assertThat(said("home/car/presence")).isEqualTo("approaching");
        assertThat(said("home/car/approach")).contains("\"eta_s\":");
        assertThat(said("home/car/fault")).isEqualTo("none");
        assertThat(house.broker().stored("home/car/position")).isEmpty();
    }

    @Test
    void whereAPhoneWasOnceIsNotWhereTheCarIs() {
        locate(13_000, 8, 0, true);
        car();
        house.pass(Duration.ofMinutes(1));

        assertThat(house.broker().stored("home/car/presence")).isEmpty();
        house.pass(Duration.ofMinutes(6));
        assertThat(said("home/car/fault")).isEqualTo("gps-no-fix");
    }

    @Test
    void aPhoneThatStandsStillIsNotSilent() {
        car();
        for (int i = 0; i < 5; i++) {
            locate(0, 8, i * 300L, false);
            house.pass(Duration.ofMinutes(5));
            assertThat(said("home/car/fault")).isEqualTo("none");
        }
        assertThat(said("home/car/presence")).isEqualTo("home");
    }

    private void car() {
        house.start(new CarNode(), "car", "car.home = 52.3731, 4.8926", "car.owntracks = " + PHONE);
    }

    /** @param metres north of home @param seconds by the phone's clock */
    private void locate(double metres, int accuracyM, long seconds, boolean retained) {
        double latitudeDeg = 52.3731 + metres / 111_195;
        say(
                PHONE,
                "{\"_type\":\"location\",\"acc\":" + accuracyM
                        + ",\"alt\":3,\"batt\":81,\"conn\":\"m\",\"inregions\":[],"
                        + "\"lat\":" + String.format(Locale.ROOT, "%.6f", latitudeDeg)
                        + ",\"lon\":4.8926,\"t\":\"u\",\"tid\":\"an\",\"tst\":" + (1_893_600_000L + seconds)
                        + ",\"vel\":54}",
                retained);
    }

    private String said(String topic) {
        return new String(house.broker().stored(topic).orElseThrow().payload(), UTF_8);
    }

    private MemoryHal airco(String... sources) {
        return house.start(
                new ThermostatNode(),
                "airco",
                "airco.sources = " + String.join(", ", sources),
                "airco.heat.gpio = " + HEAT,
                "sensor.stale-after = 10m");
    }

    private String fault() {
        return said("home/airco/fault");
    }

    private void say(String topic, String text, boolean retained) {
        house.broker()
                .publish(new Incoming(topic, text.getBytes(UTF_8), retained, Incoming.ABSENT, Incoming.ABSENT), 1);
        house.pass(Duration.ZERO);
    }
}
