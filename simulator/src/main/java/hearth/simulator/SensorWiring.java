package hearth.simulator;

import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.value.Celsius;

/** The state of the wire between a sensor and its Pi, and the content of {@code w1_slave} that it causes. */
enum SensorWiring {
    WELL,
    /** The sensor does not answer. Its folder stays for another hundred seconds, and its file is empty. */
    UNPLUGGED,
    /** The data line is shorted to ground: every bit is zero, and the checksum matches. */
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
