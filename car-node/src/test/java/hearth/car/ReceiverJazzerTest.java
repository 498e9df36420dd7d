package hearth.car;

import hearth.testkit.fault.Fault;
import hearth.testkit.fuzz.JazzerRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jazzer looks for lines that break the readers of position receivers. */
@Tag("slow")
class ReceiverJazzerTest {

    @Test
    @Fault("F11")
    void jazzerFindsNothingInGpsdLines() throws Exception {
        JazzerRun.run("gpsd", GpsdFuzzTarget.class);
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInNmeaLines() throws Exception {
        JazzerRun.run("nmea", NmeaFuzzTarget.class);
    }
}
