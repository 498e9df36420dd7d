package hearth.thermostat;

import hearth.testkit.fault.DocumentedFigures;
import hearth.testkit.fault.Fault;
import hearth.testkit.fuzz.FuzzRun;
import hearth.testkit.fuzz.InputMutator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random content of a sensor's file. */
@Tag("slow")
class W1FuzzTest {

    private static final List<String> SENSOR_WORDS = List.of(
            "YES", "NO", "t=", "t=85000", "crc=00", "ff", "00 ", "0c", "-", "\n", "\r\n", "\u0000", "999999", "21.5",
            " ");

    @Test
    @Fault("F11")
    void aMillionFilesOfEachKindAreReadOrRejected() throws Exception {
        String table = FuzzRun.HEAD
                + FuzzRun.of("`w1_slave` files", W1FuzzTarget::scratchpad, InputMutator.corpus("sensor"), SENSOR_WORDS)
                        .checked()
                        .line()
                + FuzzRun.of(
                                "`temperature` files",
                                W1FuzzTarget::millidegrees,
                                InputMutator.corpus("sensor"),
                                SENSOR_WORDS)
                        .checked()
                        .line();

        if (FuzzRun.matchDocument()) {
            DocumentedFigures.compare("evidence/hostile-input.md", "sensor-files", table);
        }
    }
}
