package hearth.common.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.fault.Fault;
import hearth.common.fault.Figures;
import hearth.common.hal.GpsdLines;
import hearth.common.hal.NmeaLines;
import hearth.common.hal.SensorFiles;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the devices at a node's own wires may say. */
class HostileLinesTest {

    private static final List<String> SENSOR_WORDS = List.of(
            "YES", "NO", "t=", "t=85000", "crc=00", "ff", "00 ", "0c", "-", "\n", "\r\n", "\u0000", "999999", "21.5",
            " ");
    private static final List<String> GPSD_WORDS = List.of(
            "\"lat\":",
            "\"class\":\"TPV\",",
            "1e999",
            "-1e308",
            "NaN",
            "null",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\u0000",
            "\\ud800",
            "999",
            ",",
            ":",
            "\"eph\":-1",
            "\"mode\":2,",
            "\uFEFF",
            "0");
    private static final List<String> NMEA_WORDS = List.of(
            "GPGGA", "GNGGA", ",", ",,", "$", "*", "*00", "9999.99999999", "NaN", "-1", "\u00ff", "60.0", "N", "E");

    @Test
    @Fault("F11")
    void aMillionOfEachAreReadOrRefused() throws Exception {
        String table = Barrage.HEAD
                + Barrage.of("`w1_slave` files", SensorFiles::scratchpad, Vandal.corpus("sensor"), SENSOR_WORDS)
                        .held()
                        .line()
                + Barrage.of("`temperature` files", SensorFiles::millidegrees, Vandal.corpus("sensor"), SENSOR_WORDS)
                        .held()
                        .line()
                + Barrage.of("gpsd lines", GpsdLines::take, Vandal.corpus("gpsd"), GPSD_WORDS)
                        .held()
                        .line()
                + Barrage.of("NMEA lines", NmeaLines::take, Vandal.corpus("nmea"), NMEA_WORDS)
                        .held()
                        .line();

        if (Barrage.areAsInTheDocument()) {
            Figures.hold("evidence/hostile-input.md", "lines", table);
        }
    }

    /** A parser that keeps the names it has seen, to be quicker the next time, is filled up by whoever makes names up. */
    @Test
    @Fault("F11")
    void namesThatAreMadeUpAreNotKept() {
        refuse(100);
        long before = Barrage.used();

        refuse(20_000);

        assertThat(Barrage.used() - before).isLessThan(4 * 1024 * 1024);
    }

    private static void refuse(int count) {
        for (int i = 0; i < count; i++) {
            String name = i + "x".repeat(4000);
            assertThatThrownBy(() -> Json.fields("{\"" + name + "\":1}")).isInstanceOf(Malformed.class);
        }
    }
}
