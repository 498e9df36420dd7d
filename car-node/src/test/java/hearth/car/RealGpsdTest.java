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
 * The real gpsd (Debian: gpsd, gpsd-clients) with what a receiver in a moving car says: fed by its own gpsfake, or on a
 * line that can be unplugged.
 */
@Tag("gpsd")
@Timeout(120)
final class RealGpsdTest {

    private static final GpsdPosition.GpsdTimeouts HASTY =
            new GpsdPosition.GpsdTimeouts(Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMillis(100));

    private static final Position BEFORE_IT = new Position(52 + 22.386 / 60, 4.8926);
    private static final String IN_THE_TUNNEL = "5225.00000,N,00453.55600,E";
    private static final String AFTER_IT = "5230.00000,N,00453.55600,E";

    private final BlockingQueue<Fix> heard = new LinkedBlockingQueue<>();
    private int second;

    @BeforeAll
    static void gpsdIsThere() {
        assertThat(Path.of("/usr/bin/gpsfake"))
                .as("this test needs gpsd and gpsfake: apt-get install gpsd gpsd-clients")
                .isExecutable();
        assertThat(Path.of("/usr/sbin/gpsd")).isExecutable();
    }

    @Test
    void aDrivePlayedToTheRealGpsdIsHeard(@TempDir Path folder) throws Exception {
        int port = LoopbackServer.freePort();
        Path log = Files.writeString(folder.resolve("drive.nmea"), drive());
        Process gpsfake = new ProcessBuilder("gpsfake", "-q", "-c", "0.1", "-P", Integer.toString(port), log.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gpsfake.out").toFile())
                .start();
        try (GpsdPosition gps = new GpsdPosition("127.0.0.1", port, HASTY)) {
            gps.start(heard::add);

            Fix fix = heard.poll(60, SECONDS);
            assertThat(fix).as(Files.readString(folder.resolve("gpsfake.out"))).isNotNull();
            assertThat(fix.position().metresTo(new Position(52.3731, 4.8926))).isLessThan(1_000);
            while (Double.isInfinite(fix.errorM())) { // Its first fixes come before it knows how good they are.
                fix = heard.poll(60, SECONDS);
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
    void aGpsdThatIsKilledAndStartedAgainIsHeardAgain() throws Exception {
        try (RealGpsd gpsd = RealGpsd.start();
                SerialReceiver receiver = SerialReceiver.plugIn();
                GpsdPosition gps = clientOf(gpsd)) {
            gps.start(heard::add);
            gpsd.pluggedIn(receiver.device());
            driveUntilHeard(receiver);

            gpsd.kill();
            heard.clear();
            gpsd.startAgain();
            gpsd.pluggedIn(receiver.device());

            driveUntilHeard(receiver);
        }
    }

    @Test
    void aReceiverThatIsUnpluggedAndPluggedInAgainIsHeardAgain() throws Exception {
        try (RealGpsd gpsd = RealGpsd.start();
                GpsdPosition gps = clientOf(gpsd)) {
            gps.start(heard::add);
            Path line;
            try (SerialReceiver receiver = SerialReceiver.plugIn()) {
                line = receiver.device();
                gpsd.pluggedIn(line);
                driveUntilHeard(receiver);
            }
            gpsd.unplugged(line);
            heard.clear();

            try (SerialReceiver again = SerialReceiver.plugIn()) {
                gpsd.pluggedIn(again.device());

                driveUntilHeard(again);
            }
        }
    }

    /** The receiver holds the place where it went in; gpsd makes a three-dimensional fix of it, with an error and all. */
    @Test
    void inATunnelNothingIsHeardAndAfterItTheReceiverIsHeardAgain() throws Exception {
        try (RealGpsd gpsd = RealGpsd.start();
                SerialReceiver receiver = SerialReceiver.plugIn();
                GpsdPosition gps = clientOf(gpsd);
                Socket watcher = gpsd.dial()) {
            watcher.getOutputStream().write("?WATCH={\"enable\":true,\"json\":true}\n".getBytes(US_ASCII));
            BufferedReader said = new BufferedReader(new InputStreamReader(watcher.getInputStream(), US_ASCII));
            gps.start(heard::add);
            gpsd.pluggedIn(receiver.device());
            driveUntilHeard(receiver);

            sayUntil(said, "\"mode\":1", receiver, () -> epoch(0, ",,,"));
            sayUntil(said, "\"status\":5,\"mode\":3", receiver, () -> epoch(6, IN_THE_TUNNEL));
            heard.removeIf(fix -> fix.position().metresTo(BEFORE_IT) < 500);
            await().pollInterval(ofMillis(100)).atMost(30, SECONDS).until(() -> {
                receiver.write(epoch(1, AFTER_IT));
                return !heard.isEmpty();
            });

            assertThat(heard).allSatisfy(fix -> assertThat(fix.position().metresTo(new Position(52.5, 4.8926)))
                    .isLessThan(10));
        }
    }

    private static GpsdPosition clientOf(RealGpsd gpsd) {
        return new GpsdPosition("127.0.0.1", gpsd.port(), HASTY);
    }

    /** gpsd listens for a few seconds before it knows what it hears. */
    private void driveUntilHeard(SerialReceiver receiver) {
        await().pollInterval(ofMillis(100)).atMost(60, SECONDS).until(() -> {
            receiver.write(epoch(1, "5222.38600,N,00453.55600,E"));
            return !heard.isEmpty();
        });
        assertThat(heard.peek().position().metresTo(BEFORE_IT)).isLessThan(10);
    }

    private static void sayUntil(BufferedReader said, String expected, SerialReceiver receiver, Supplier<String> next) {
        await().pollInterval(ofMillis(100)).atMost(60, SECONDS).until(() -> {
            receiver.write(next.get());
            boolean seen = false;
            while (said.ready()) {
                seen |= said.readLine().contains(expected);
            }
            return seen;
        });
    }

    /** The next second's sentences. */
    private String epoch(int quality, String place) {
        second++;
        String time = String.format(Locale.ROOT, "12%02d%02d.00", second / 60, second % 60);
        return sentence("GPGGA," + time + "," + place + "," + quality + ",08,1.0,5.0,M,46.0,M,,")
                + sentence("GPGSA,A," + (quality == 0 ? 1 : 3) + ",01,02,03,04,05,06,07,08,,,,,1.8,1.0,1.5")
                + sentence("GPRMC," + time + "," + (quality == 0 ? "V" : "A") + "," + place + ",10.0,0.0,010130,,,"
                        + (quality == 0 ? "N" : quality == 6 ? "E" : "A"));
    }

    /** A minute northwards at 10 knots, in NMEA 0183. */
    private static String drive() {
        StringBuilder log = new StringBuilder("# Date: 2030-01-01\n");
        for (int s = 0; s < 60; s++) {
            String time = String.format(Locale.ROOT, "1200%02d.00", s);
            String place = String.format(Locale.ROOT, "5222.%05d,N,00453.55600,E", 38_600 + s * 277);
            log.append(sentence("GPGGA," + time + "," + place + ",1,08,1.0,5.0,M,46.0,M,,"));
            log.append(sentence("GPGSA,A,3,01,02,03,04,05,06,07,08,,,,,1.8,1.0,1.5"));
            log.append(sentence("GPRMC," + time + ",A," + place + ",10.0,0.0,010130,,,A"));
        }
        return log.toString();
    }

    private static String sentence(String content) {
        int checksum = content.chars().reduce(0, (a, b) -> a ^ b);
        return String.format(Locale.ROOT, "$%s*%02X%n", content, checksum);
    }
}
