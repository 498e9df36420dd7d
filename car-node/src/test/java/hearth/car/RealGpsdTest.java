package hearth.car;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.testkit.net.LoopbackServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real gpsd (Debian: gpsd, gpsd-clients) with the sentences of a receiver in a moving car: from its own gpsfake, or
 * from a serial line that can be unplugged.
 */
@Tag("gpsd")
@Timeout(120)
final class RealGpsdTest {

    private static final GpsdPosition.GpsdTimeouts SHORT_TIMEOUTS =
            new GpsdPosition.GpsdTimeouts(Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMillis(100));

    private static final Position BEFORE_THE_TUNNEL = new Position(52 + 22.386 / 60, 4.8926);
    private static final String IN_THE_TUNNEL = "5225.00000,N,00453.55600,E";
    private static final String AFTER_THE_TUNNEL = "5230.00000,N,00453.55600,E";

    private final BlockingQueue<Fix> fixes = new LinkedBlockingQueue<>();
    private int second;

    @BeforeAll
    static void requireGpsd() {
        assertThat(Path.of("/usr/bin/gpsfake"))
                .as("this test needs gpsd and gpsfake: apt-get install gpsd gpsd-clients")
                .isExecutable();
        assertThat(Path.of("/usr/sbin/gpsd")).isExecutable();
    }

    @Test
    void aTripPlayedToTheRealGpsdIsReceived(@TempDir Path folder) throws Exception {
        int port = LoopbackServer.freePort();
        Path log = Files.writeString(folder.resolve("trip.nmea"), trip());
        Process gpsfake = new ProcessBuilder("gpsfake", "-q", "-c", "0.1", "-P", Integer.toString(port), log.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gpsfake.out").toFile())
                .start();
        try (GpsdPosition gps = new GpsdPosition("127.0.0.1", port, SHORT_TIMEOUTS)) {
            gps.start(fixes::add);

            Fix fix = fixes.poll(60, SECONDS);
            assertThat(fix).as(Files.readString(folder.resolve("gpsfake.out"))).isNotNull();
            assertThat(fix.position().metresTo(new Position(52.3731, 4.8926))).isLessThan(1_000);
            while (Double.isInfinite(fix.errorM())) { // gpsd does not know the error of its first fixes.
                fix = fixes.poll(60, SECONDS);
                assertThat(fix).isNotNull();
            }
            assertThat(fix.errorM()).isBetween(1.0, 100.0);
        } finally {
            gpsfake.descendants().forEach(ProcessHandle::destroy);
            gpsfake.destroy();
            gpsfake.waitFor(10, SECONDS);
        }
    }

    @Test
    void fixesArriveAgainAfterGpsdIsKilledAndRestarted() throws Exception {
        try (RealGpsd gpsd = RealGpsd.start();
                SerialReceiver receiver = SerialReceiver.plugIn();
                GpsdPosition gps = clientOf(gpsd)) {
            gps.start(fixes::add);
            gpsd.addDevice(receiver.device());
            sendUntilFix(receiver);

            gpsd.kill();
            fixes.clear();
            gpsd.restart();
            gpsd.addDevice(receiver.device());

            sendUntilFix(receiver);
        }
    }

    @Test
    void fixesArriveAgainAfterTheReceiverIsUnpluggedAndPluggedIn() throws Exception {
        try (RealGpsd gpsd = RealGpsd.start();
                GpsdPosition gps = clientOf(gpsd)) {
            gps.start(fixes::add);
            Path line;
            try (SerialReceiver receiver = SerialReceiver.plugIn()) {
                line = receiver.device();
                gpsd.addDevice(line);
                sendUntilFix(receiver);
            }
            gpsd.removeDevice(line);
            fixes.clear();

            try (SerialReceiver again = SerialReceiver.plugIn()) {
                gpsd.addDevice(again.device());

                sendUntilFix(again);
            }
        }
    }

    /** The receiver keeps the position of the entrance; gpsd reports it as a three-dimensional fix, with an error. */
    @Test
    void inATunnelThereAreNoFixesAndAfterItTheyArriveAgain() throws Exception {
        try (RealGpsd gpsd = RealGpsd.start();
                SerialReceiver receiver = SerialReceiver.plugIn();
                GpsdPosition gps = clientOf(gpsd);
                Socket watcher = gpsd.dial()) {
            watcher.getOutputStream().write("?WATCH={\"enable\":true,\"json\":true}\n".getBytes(US_ASCII));
            BufferedReader lines = new BufferedReader(new InputStreamReader(watcher.getInputStream(), US_ASCII));
            gps.start(fixes::add);
            gpsd.addDevice(receiver.device());
            sendUntilFix(receiver);

            sendUntil(lines, "\"mode\":1", receiver, () -> epoch(0, ",,,"));
            sendUntil(lines, "\"status\":5,\"mode\":3", receiver, () -> epoch(6, IN_THE_TUNNEL));
            fixes.removeIf(fix -> fix.position().metresTo(BEFORE_THE_TUNNEL) < 500);
            await().pollInterval(ofMillis(100)).atMost(30, SECONDS).until(() -> {
                receiver.write(epoch(1, AFTER_THE_TUNNEL));
                return !fixes.isEmpty();
            });

            assertThat(fixes).allSatisfy(fix -> assertThat(fix.position().metresTo(new Position(52.5, 4.8926)))
                    .isLessThan(10));
        }
    }

    private static GpsdPosition clientOf(RealGpsd gpsd) {
        return new GpsdPosition("127.0.0.1", gpsd.port(), SHORT_TIMEOUTS);
    }

    /** gpsd needs a few seconds to recognise the kind of receiver. */
    private void sendUntilFix(SerialReceiver receiver) {
        await().pollInterval(ofMillis(100)).atMost(60, SECONDS).until(() -> {
            receiver.write(epoch(1, "5222.38600,N,00453.55600,E"));
            return !fixes.isEmpty();
        });
        assertThat(fixes.peek().position().metresTo(BEFORE_THE_TUNNEL)).isLessThan(10);
    }

    private static void sendUntil(
            BufferedReader lines, String expected, SerialReceiver receiver, Supplier<String> next) {
        await().pollInterval(ofMillis(100)).atMost(60, SECONDS).until(() -> {
            receiver.write(next.get());
            boolean seen = false;
            while (lines.ready()) {
                seen |= lines.readLine().contains(expected);
            }
            return seen;
        });
    }

    /** The next second's sentences. */
    private String epoch(int quality, String position) {
        second++;
        String time = String.format(Locale.ROOT, "12%02d%02d.00", second / 60, second % 60);
        return sentence("GPGGA," + time + "," + position + "," + quality + ",08,1.0,5.0,M,46.0,M,,")
                + sentence("GPGSA,A," + (quality == 0 ? 1 : 3) + ",01,02,03,04,05,06,07,08,,,,,1.8,1.0,1.5")
                + sentence("GPRMC," + time + "," + (quality == 0 ? "V" : "A") + "," + position + ",10.0,0.0,010130,,,"
                        + (quality == 0 ? "N" : quality == 6 ? "E" : "A"));
    }

    /** A minute northwards at 10 knots, in NMEA 0183. */
    private static String trip() {
        StringBuilder log = new StringBuilder("# Date: 2030-01-01\n");
        for (int s = 0; s < 60; s++) {
            String time = String.format(Locale.ROOT, "1200%02d.00", s);
            String position = String.format(Locale.ROOT, "5222.%05d,N,00453.55600,E", 38_600 + s * 277);
            log.append(sentence("GPGGA," + time + "," + position + ",1,08,1.0,5.0,M,46.0,M,,"));
            log.append(sentence("GPGSA,A,3,01,02,03,04,05,06,07,08,,,,,1.8,1.0,1.5"));
            log.append(sentence("GPRMC," + time + ",A," + position + ",10.0,0.0,010130,,,A"));
        }
        return log.toString();
    }

    private static String sentence(String content) {
        int checksum = content.chars().reduce(0, (a, b) -> a ^ b);
        return String.format(Locale.ROOT, "$%s*%02X%n", content, checksum);
    }
}
