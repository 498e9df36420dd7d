package hearth.simulator;

import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.value.Celsius;

/** The wire between a sensor and its Pi, and what the kernel says of the sensor's temperature because of it. */
enum SensorWiring {
    WELL,
    /** Nobody answers. The sensor's folder stays for another hundred seconds, and its file is empty. */
    UNPLUGGED,
    /** The data line touches ground: every bit is nought, with a checksum that fits. */
    SHORTED;

    private static final String ALL_ZERO_BYTES = "00 00 00 00 00 00 00 00 00 ";

    String w1SlaveContent(Celsius temperature) {
        return switch (this) {
            case WELL -> W1SlaveFile.content(temperature);
            case UNPLUGGED -> "";
            case SHORTED -> ALL_ZERO_BYTES + ": crc=00 YES\n" + ALL_ZERO_BYTES + "t=0\n";
        };
    }
}
