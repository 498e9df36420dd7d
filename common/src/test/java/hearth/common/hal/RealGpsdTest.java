package hearth.common.hal;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real gpsd, fed by its own gpsfake (Debian: gpsd, gpsd-clients) with what a receiver in a moving car says. */
@Timeout(120)
final class RealGpsdTest {

    private static final GpsdPosition.Patience HASTY =
            new GpsdPosition.Patience(Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMillis(100));

    @BeforeAll
    static void gpsdIsThere() {
        assertThat(Path.of("/usr/bin/gpsfake"))
                .as("this test needs gpsd and gpsfake: apt-get install gpsd gpsd-clients")
                .isExecutable();
        assertThat(Path.of("/usr/sbin/gpsd")).isExecutable();
    }

    @Test
    void aDrivePlayedToTheRealGpsdIsHeard(@TempDir Path folder) throws Exception {
        int port = freePort();
        Path log = Files.writeString(folder.resolve("drive.nmea"), drive());
        Process gpsfake = new ProcessBuilder("gpsfake", "-q", "-c", "0.1", "-P", Integer.toString(port), log.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gpsfake.out").toFile())
                .start();
        BlockingQueue<Fix> heard = new LinkedBlockingQueue<>();

        try (GpsdPosition gps = new GpsdPosition("127.0.0.1", port, HASTY)) {
            gps.start(heard::add);

            Fix fix = heard.poll(60, TimeUnit.SECONDS);
            assertThat(fix).as(Files.readString(folder.resolve("gpsfake.out"))).isNotNull();
            assertThat(fix.position().metresTo(new Position(52.3731, 4.8926))).isLessThan(1_000);
            while (Double.isInfinite(fix.errorM())) { // Its first fixes come before it knows how good they are.
                fix = heard.poll(60, TimeUnit.SECONDS);
                assertThat(fix).isNotNull();
            }
            assertThat(fix.errorM()).isBetween(1.0, 100.0);
        } finally {
            gpsfake.descendants().forEach(ProcessHandle::destroy);
            gpsfake.destroy();
            gpsfake.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
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
