package hearth.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hearth.common.value.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class GpxTrackTest {

    private static final String TRACK = """
            <?xml version="1.0"?>
            <gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
              <trkpt lat="50.00" lon="9.00"><ele>120</ele><time>2026-04-14T12:00:00Z</time></trkpt>
              <trkpt lat="50.01" lon="9.00"><time>2026-04-14T12:01:40Z</time></trkpt>
              <trkpt lat="50.01" lon="9.02"><time>2026-04-14T12:03:20Z</time></trkpt>
            </trkseg></trk></gpx>
            """;

    @Test
    void betweenTwoPointsTheCarIsBetweenThem() throws IOException {
        GpxTrack track = read(TRACK);

        Position halfway = track.positionAt(Duration.ofSeconds(50));

        assertThat(halfway.latitudeDeg()).isCloseTo(50.005, within(1e-9));
        assertThat(halfway.longitudeDeg()).isEqualTo(9.0);
        assertThat(track.speedAt(Duration.ofSeconds(50))).isCloseTo(11.12, within(0.01));
    }

    @Test
    void beforeAndAfterTheTrackTheCarStands() throws IOException {
        GpxTrack track = read(TRACK);

        assertThat(track.positionAt(Duration.ofSeconds(-5))).isEqualTo(new Position(50.00, 9.00));
        assertThat(track.positionAt(Duration.ofHours(1))).isEqualTo(new Position(50.01, 9.02));
        assertThat(track.speedAt(Duration.ofSeconds(-5))).isZero();
        assertThat(track.speedAt(Duration.ofHours(1))).isZero();
    }

    @Test
    void theReversedTrackHasTheSamePointsInTheOtherDirection() throws IOException {
        GpxTrack track = read(TRACK);
        GpxTrack back = track.reversed();

        assertThat(back.start()).isEqualTo(track.end());
        assertThat(back.lengthM()).isCloseTo(track.lengthM(), within(0.001));
        assertThat(back.positionAt(Duration.ofSeconds(150)).latitudeDeg()).isCloseTo(50.005, within(1e-9));
    }

    @Test
    void theWayHomeHasFifteenKilometresInTwentyMinutesWithRedLights() throws IOException {
        GpxTrack wayHome = routeHome();

        int standing = 0;
        for (int second = 0; second < wayHome.duration().toSeconds(); second++) {
            standing += wayHome.speedAt(Duration.ofSeconds(second)) < 0.5 ? 1 : 0;
        }

        assertThat(wayHome.lengthM()).isBetween(14_000.0, 16_000.0);
        assertThat(wayHome.duration()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21));
        assertThat(standing).isBetween(60, 180);
    }

    @Test
    void noCarOnTheWayHomeIsFasterThanTheRoadAllows() throws IOException {
        GpxTrack wayHome = routeHome();

        for (int second = 0; second < wayHome.duration().toSeconds(); second++) {
            assertThat(wayHome.speedAt(Duration.ofSeconds(second)) * 3.6).isLessThan(80);
        }
    }

    @Test
    void aTrackThatReadsOtherFilesIsRejected(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "9.00");
        String dtd = "<!DOCTYPE gpx [<!ENTITY lon SYSTEM \"" + secret.toUri() + "\">]>";

        assertThatThrownBy(() -> read(TRACK.replace("<gpx", dtd + "<gpx")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DTD");
    }

    @Test
    void aFileThatIsNotATrackWithTimesIsRejected() {
        for (String broken : List.of(
                "",
                "<gpx/>",
                TRACK.replace("12:03:20", "12:01:40"),
                TRACK.replace("lat=\"50.00\" ", ""),
                TRACK.replace("50.00", "NaN"),
                TRACK.replace("<time>2026-04-14T12:00:00Z</time>", ""),
                TRACK.replace("12:00:00Z", "noon"))) {
            assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(IOException.class);
        }
    }

    public static GpxTrack routeHome() throws IOException {
        return GpxTrack.read(
                Objects.requireNonNull(GpxTrack.class.getResourceAsStream("/hearth/simulator/way-home.gpx")));
    }

    private static GpxTrack read(String gpx) throws IOException {
        return GpxTrack.read(new ByteArrayInputStream(gpx.getBytes(StandardCharsets.UTF_8)));
    }
}
