package hearth.thermostat;

import hearth.testkit.fault.Fault;
import hearth.testkit.fuzz.JazzerRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jazzer looks for sensor files that break the DS18B20 driver. */
@Tag("slow")
class W1JazzerTest {

    @Test
    @Fault("F11")
    void jazzerFindsNothingInSensorFiles() throws Exception {
        JazzerRun.run("sensor", W1FuzzTarget.class);
    }
}
