package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.testkit.fault.DocumentedFigures;
import hearth.testkit.fault.Fault;
import hearth.testkit.fuzz.FuzzRun;
import hearth.testkit.fuzz.InputMutator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lines that a position receiver may send. */
@Tag("slow")
class ReceiverFuzzTest {

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
    void aMillionLinesOfEachKindAreReadOrRejected() throws Exception {
        String table = FuzzRun.HEAD
                + FuzzRun.of("gpsd lines", GpsdFuzzTarget::read, InputMutator.corpus("gpsd"), GPSD_WORDS)
                        .checked()
                        .line()
                + FuzzRun.of("NMEA lines", NmeaFuzzTarget::read, InputMutator.corpus("nmea"), NMEA_WORDS)
                        .checked()
                        .line();

        if (FuzzRun.matchDocument()) {
            DocumentedFigures.compare("evidence/hostile-input.md", "receiver-lines", table);
        }
    }

    /** A parser that caches field names would run out of memory with names that never repeat. */
    @Test
    @Fault("F11")
    void inventedFieldNamesAreNotKeptInMemory() {
        rejectInventedNames(100);
        long before = FuzzRun.used();

        rejectInventedNames(20_000);

        assertThat(FuzzRun.used() - before).isLessThan(4 * 1024 * 1024);
    }

    private static void rejectInventedNames(int count) {
        for (int i = 0; i < count; i++) {
            String name = i + "x".repeat(4000);
            assertThatThrownBy(() -> Json.fields("{\"" + name + "\":1}")).isInstanceOf(Malformed.class);
        }
    }
}
