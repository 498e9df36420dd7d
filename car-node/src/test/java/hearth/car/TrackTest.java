package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class TrackTest {

    private static final Position HOME = CarScenario.SETTINGS.home();
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
    private static final Offset<Double> ABOUT = Offset.offset(0.5);

    @Test
    void theClosingSpeedOfACarOnItsWayHomeIsItsSpeed() {
        assertThat(driven(120, 1, 15, 0).closingMps()).isCloseTo(15, ABOUT);
        assertThat(driven(120, 1, -15, 0).closingMps()).isCloseTo(-15, ABOUT);
        assertThat(driven(120, 1, 0, 0).closingMps()).isCloseTo(0, ABOUT);
    }

    @Test
    void aGpsErrorChangesTheSpeedLittle() {
        assertThat(driven(120, 1, 15, 20).closingMps()).isCloseTo(15, Offset.offset(1.5));
    }

    @Test
    void aReceiverWithOneFixPerMinuteGivesASpeedToo() {
        assertThat(driven(240, 60, 15, 0).closingMps()).isCloseTo(15, ABOUT);
    }

    @Test
    void aFewSecondsGiveNoSpeed() {
        assertThat(driven(19, 1, 15, 0).closingMps()).isZero();
        assertThat(driven(20, 1, 15, 0).closingMps()).isCloseTo(15, ABOUT);
    }

    @Test
    void threeFixesWithinTenMinutesGiveASpeed() {
        assertThat(driven(900, 300, 15, 0).closingMps()).isCloseTo(15, ABOUT);
        assertThat(driven(903, 301, 15, 0).closingMps()).isZero();
    }

    @Test
    void theSpeedIsThatOfTheLastTwoMinutes() {
        Track track = driven(600, 1, 15, 0);

        assertThat(track.last().at()).isEqualTo(BEGIN.plusSeconds(600));
        assertThat(track.points().get(0).at()).isEqualTo(BEGIN.plusSeconds(480));
    }

    @Test
    void aRepeatedFixDoesNotChangeTheSpeed() {
        Track track = driven(20, 10, 15, 0);

        Track again = track.with(fix(19_700, 10), HOME, BEGIN.plusSeconds(20));
        Track elsewhere = track.with(fix(19_690, 10), HOME, BEGIN.plusSeconds(20));

        assertThat(again.closingMps()).isCloseTo(15, ABOUT);
        assertThat(elsewhere.closingMps()).isCloseTo(15, ABOUT);
    }

    @Test
    void aFastReceiverDoesNotMakeItLarger() {
        assertThat(driven(3_600, 1, 1, 0).points()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void aPositionThatNoCarCanReachIsImplausible() {
        Track track = driven(60, 1, 15, 0);

        Track next = track.with(fix(50_000, 10), HOME, BEGIN.plusSeconds(61));

        assertThat(next.last()).isEqualTo(track.last());
        assertThat(next.implausible()).hasSize(1);
        assertThat(next.closingMps()).isEqualTo(track.closingMps());
    }

    @Test
    void theErrorsOfBothFixesExtendTheReachableDistance() {
        Track track = Track.NONE.with(fix(20_000, 10), HOME, BEGIN);

        Track within = track.with(fix(20_105, 30), HOME, BEGIN.plusSeconds(1)); // 70 + 10 + 30 m.
        Track beyond = track.with(fix(20_115, 30), HOME, BEGIN.plusSeconds(1));

        assertThat(within.implausible()).isEmpty();
        assertThat(beyond.implausible()).hasSize(1);
    }

    @Test
    void implausibleFixesThatDisagreeAreNeverAccepted() {
        Track track = driven(60, 1, 15, 0);
        for (int i = 0; i < 50; i++) {
            track = track.with(fix(i % 2 == 0 ? 50_000 : 90_000, 10), HOME, BEGIN.plusSeconds(61 + i));
        }

        assertThat(track.jumps()).isZero();
        assertThat(track.last().metres()).isLessThan(20_000);
    }

    @Test
    void theThirdOfThreeThatAgreeIsAccepted() {
        Track track = driven(60, 1, 15, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(track.jumps()).isZero();
            track = track.with(fix(50_000 + i, 10), HOME, BEGIN.plusSeconds(61 + i));
        }

        assertThat(track.jumps()).isEqualTo(1);
        assertThat(track.last().metres()).isCloseTo(50_002, Offset.offset(1.0));
        assertThat(track.closingMps()).isZero();
    }

    @Test
    void aGoodFixDropsTheImplausibleOnes() {
        Track track = driven(60, 1, 15, 0)
                .with(fix(50_000, 10), HOME, BEGIN.plusSeconds(61))
                .with(fix(50_000, 10), HOME, BEGIN.plusSeconds(62))
                .with(fix(19_000, 10), HOME, BEGIN.plusSeconds(63))
                .with(fix(50_000, 10), HOME, BEGIN.plusSeconds(64));

        assertThat(track.implausible()).hasSize(1);
        assertThat(track.jumps()).isZero();
    }

    /** A car that starts at 20 km, with one fix every {@code every} seconds. */
    private static Track driven(int seconds, int every, double mps, double gpsErrorM) {
        Random random = new Random(7);
        Track track = Track.NONE;
        for (int s = 0; s <= seconds; s += every) {
            double metres = 20_000 - mps * s + random.nextGaussian() * gpsErrorM;
            track = track.with(fix(metres, 10 + gpsErrorM), HOME, BEGIN.plusSeconds(s));
        }
        return track;
    }

    private static Fix fix(double metres, double errorM) {
        return new Fix(CarScenario.at(metres), errorM);
    }
}
