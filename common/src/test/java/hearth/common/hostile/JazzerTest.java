package hearth.common.hostile;

import hearth.common.fault.Fault;
import hearth.common.hal.GpsdLines;
import hearth.common.hal.NmeaLines;
import hearth.common.hal.SensorFiles;
import org.junit.jupiter.api.Test;

/** Jazzer looks for what breaks the readers of a node's own wires; those of payloads and settings are in the simulator. */
class JazzerTest {

    @Test
    @Fault("F11")
    void jazzerFindsNothingInSensorFiles() throws Exception {
        Jazzer.look("sensor", SensorFiles.class);
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInGpsdLines() throws Exception {
        Jazzer.look("gpsd", GpsdLines.class);
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInNmeaLines() throws Exception {
        Jazzer.look("nmea", NmeaLines.class);
    }
}
