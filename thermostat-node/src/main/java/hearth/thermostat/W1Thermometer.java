package hearth.thermostat;

import hearth.common.hal.Thermometer;
import hearth.common.message.FaultCode;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DS18B20, read through the kernel's {@code w1_therm} driver: from the file {@code w1_slave} in the sensor's folder,
 * or from {@code temperature} if there is no {@code w1_slave}. A read blocks for about a second, longer if the bus hangs.
 *
 * <pre>
 * 50 01 4b 46 7f ff 10 10 49 : crc=49 YES
 * 50 01 4b 46 7f ff 10 10 49 t=21000
 * </pre>
 *
 * <p>The nine bytes are the sensor's scratchpad (DS18B20 data sheet, figure 9). With
 * {@code temperature} alone, a shorted wire (0 °C with a valid checksum) would look like frost, and a sensor after a
 * reset like one at 85 °C.
 */
public final class W1Thermometer implements Thermometer {

    private static final int MAX_BYTES = 4096;
    private static final Pattern FIRST_LINE = Pattern.compile("((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)");
    private static final Pattern MILLIDEGREES = Pattern.compile("-?[0-9]{1,6}");

    /** The measuring range of a DS18B20, in m°C (data sheet, page 1). */
    private static final int LOWEST = -55_000;

    private static final int HIGHEST = 125_000;

    private static final String RESERVED_AT_POWER_ON = "0c";

    private final Path devices;
    private final String address;

    /** @param address {@code 28-} and twelve hex digits; empty if there is only one sensor */
    public W1Thermometer(Path devices, String address) {
        this.devices = devices;
        this.address = address;
    }

    @Override
    public Reading read() {
        try {
            List<Path> sensors = sensors();
            if (sensors.isEmpty()) {
                String missing = address.isEmpty() ? "no DS18B20" : "no sensor " + address;
                return failed(W1Faults.MISSING, missing + " in " + devices);
            }
            if (sensors.size() > 1) {
                return failed(W1Faults.AMBIGUOUS, "several sensors: " + names(sensors) + "; set sensor.address to one");
            }
            return read(sensors.get(0));
        } catch (NoSuchFileException e) {
            return failed(W1Faults.MISSING, "no file " + e.getFile());
        } catch (IOException e) {
            return failed(W1Faults.UNREADABLE, e.toString());
        } catch (DirectoryIteratorException e) { // The folder could not be listed to its end.
            return failed(W1Faults.UNREADABLE, String.valueOf(e.getCause()));
        }
    }

    private static Reading read(Path sensor) throws IOException {
        Path scratchpad = sensor.resolve("w1_slave");
        boolean detailed = Files.exists(scratchpad);
        String content = content(detailed ? scratchpad : sensor.resolve("temperature"));
        if (content.length() > MAX_BYTES) {
            return failed(W1Faults.GARBLED, "more than " + MAX_BYTES + " bytes: " + start(content));
        }
        return detailed ? scratchpad(content) : millidegrees(content.strip());
    }

    private List<Path> sensors() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(devices)) {
            return found;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(devices, address.isEmpty() ? "28-*" : address)) {
            folders.forEach(found::add);
        }
        return found;
    }

    /** Reads one byte more than allowed, so that a file that is too long is noticed. */
    private static String content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES + 1), StandardCharsets.ISO_8859_1);
        }
    }

    static Reading scratchpad(String content) {
        if (content.isBlank()) {
            return failed(W1Faults.NO_DATA, "the kernel gave an empty w1_slave: no answer, or a bad checksum");
        }
        String[] lines = content.stripTrailing().split("\n", -1);
        Matcher first = FIRST_LINE.matcher(lines[0].strip());
        if (!first.matches() || lines.length != 2) {
            return failed(W1Faults.GARBLED, "not a w1_slave: " + start(content));
        }
        if (first.group(2).equals("NO")) {
            return failed(W1Faults.CHECKSUM, "the checksum failed: " + first.group());
        }
        String[] bytes = first.group(1).split(" ", -1);
        String second = lines[1].strip();
        if (!second.startsWith(first.group(1) + "t=")) {
            return failed(W1Faults.GARBLED, "the bytes in the two lines of w1_slave differ: " + start(content));
        }
        if (bytes[4].equals("00")) { // The configuration register has five bits that are always one.
            return failed(W1Faults.SHORT, "all zero: the data line is shorted to ground: " + first.group());
        }
        boolean fresh = bytes[6].equals(RESERVED_AT_POWER_ON);
        if (fresh && bytes[0].equals("50") && bytes[1].equals("05")) {
            return failed(W1Faults.POWER_ON_RESET, "85 °C as after power-on: the sensor lost power before it measured");
        }
        if (fresh && bytes[0].equals("ff") && bytes[1].equals("07")) {
            return failed(W1Faults.POWER, "127.94 °C: too little power on the bus");
        }
        return millidegrees(second.substring(second.indexOf("t=") + 2));
    }

    static Reading millidegrees(String text) {
        if (text.isEmpty()) {
            return failed(W1Faults.NO_DATA, "the kernel gave an empty temperature: no answer, or a bad checksum");
        }
        if (!MILLIDEGREES.matcher(text).matches()) {
            return failed(W1Faults.GARBLED, "not a number of m°C: " + start(text));
        }
        int millidegrees = Integer.parseInt(text);
        if (millidegrees < LOWEST || millidegrees > HIGHEST) {
            return failed(W1Faults.RANGE, millidegrees + " m°C: a DS18B20 measures from -55 to 125 °C");
        }
        return new Reading.Measured(Celsius.of(millidegrees / 1000.0));
    }

    private static Reading failed(FaultCode fault, String detail) {
        return new Reading.Failed(fault.code(), detail);
    }

    private static String start(String content) {
        return content.substring(0, Math.min(80, content.length())).replaceAll("\\p{Cc}", " ");
    }

    private static List<String> names(List<Path> sensors) {
        return sensors.stream()
                .map(path -> String.valueOf(path.getFileName()))
                .sorted()
                .toList();
    }
}
