package hearth.common.hal.mock;

import hearth.common.value.Celsius;
import java.util.Locale;

/** The content of the kernel's {@code w1_slave} file for a working DS18B20 with 12 bits. */
public final class W1SlaveFile {

    private static final int STEPS_PER_KELVIN = 16;
    private static final int POLYNOMIAL = 0x8c; // x⁸ + x⁵ + x⁴ + 1, lowest bit first (DS18B20 data sheet, figure 11).

    private W1SlaveFile() {}

    /** Both lines; the temperature is rounded to the sensor's steps of 0.0625 K. */
    public static String content(Celsius temperature) {
        int steps = (int) Math.round(temperature.degrees() * STEPS_PER_KELVIN);
        int reserved = 0x10 - (steps & 0x0f);
        int[] scratchpad = {steps & 0xff, steps >> 8 & 0xff, 0x4b, 0x46, 0x7f, 0xff, reserved, 0x10};
        StringBuilder bytes = new StringBuilder();
        for (int b : scratchpad) {
            bytes.append(String.format(Locale.ROOT, "%02x ", b));
        }
        String crc = String.format(Locale.ROOT, "%02x", crc8(scratchpad));
        bytes.append(crc).append(' ');
        int millidegrees = steps * 1000 / STEPS_PER_KELVIN; // Rounded towards zero, also below zero, as in w1_therm.c.
        return bytes + ": crc=" + crc + " YES\n" + bytes + "t=" + millidegrees + "\n";
    }

    private static int crc8(int[] bytes) {
        int crc = 0;
        for (int b : bytes) {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
            }
        }
        return crc;
    }
}
