package hearth.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule 14, for the car. Home is at 52° N 5° E; 0.001° of latitude is 111 m. */
class ApproachCheckerTest {

    private static final double HOME_DEG = 52.0;
    private static final double KM_DEG = 1 / 111.195;

    private final Timeline car = Timeline.of("car").boot();

    /** The car drives straight from one distance to another at 15 m/s, with one fix every ten seconds. */
    private ApproachCheckerTest drive(double fromKm, double toKm) {
        double stepKm = fromKm < toKm ? 0.15 : -0.15;
        for (double km = fromKm; (toKm - km) * stepKm > 0; km += stepKm) {
            fixAt(km, 10);
        }
        return this;
    }

    private ApproachCheckerTest fixAt(double km, double errorM) {
        car.after(Duration.ofSeconds(10)).add(new JournalEvent.FixRead(HOME_DEG + km * KM_DEG, 5.0, errorM));
        return this;
    }

    private ApproachCheckerTest announce(String trip) {
        car.publishes("approach", "{\"trip\":\"" + trip + "\",\"eta_s\":420}");
        return this;
    }

    @Test
    void aTripAnnouncedOnceIsAllowed() {
        drive(0, 4)
                .drive(4, 1.4)
                .announce("a-1")
                .drive(1.4, 0.5)
                .announce("a-1")
                .drive(0.5, 0);
        drive(0, 4).drive(4, 1.4).announce("a-2");

        assertThat(car.broken()).isEmpty();
        assertThat(car.tested(SafetyRule.ONE_APPROACH_PER_TRIP)).isEqualTo(2);
    }

    @Test
    void aNewIdInTheMiddleOfATripIsDetected() {
        drive(0, 8).drive(8, 5).announce("a-1").drive(5, 3).announce("a-2");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void anApproachBeforeTheCarHasLeftIsDetected() {
        drive(0, 2.3).drive(2.3, 1).announce("a-1");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void aTripAfterACancelledTripIsAllowed() {
        drive(0, 4).drive(4, 1.4).announce("a-1").drive(1.4, 2.7);
        car.publishes("approach", "{\"trip\":\"a-1\",\"called_off\":true}");
        drive(2.7, 1.4).announce("a-2");
        assertThat(car.broken()).isEmpty();
    }

    @Test
    void anApproachFromBadFixesIsDetected() {
        drive(0, 4);
        car.after(Duration.ofMinutes(20));
        fixAt(1.4, 80).fixAt(1.3, 80).fixAt(1.2, Double.NaN).fixAt(1.1, 80).announce("a-1");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void anApproachOfACarThatDrivesAwayIsDetected() {
        drive(0, 4);
        car.after(Duration.ofMinutes(20));
        drive(4, 5).announce("a-1");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void aTripSurvivesAPowerCutIfThereWasTimeToSaveIt() {
        drive(0, 4).drive(4, 1.4).announce("a-1").drive(1.4, 0.9);
        car.powerCut().after(Duration.ofSeconds(5)).boot();
        drive(0.9, 0.5).announce("a-2");
        assertThat(car.broken()).isEmpty(); // Half a minute after the announcement.

        drive(0.5, 4).drive(4, 1.4).announce("a-3").drive(1.4, 0.2);
        car.powerCut().after(Duration.ofSeconds(5)).boot();
        drive(0.6, 0.2).announce("a-4");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void anApproachFromFarAwayInDistanceAndTimeIsDetected() {
        drive(0, 12).drive(12, 9);
        car.publishes("approach", "{\"trip\":\"a-1\",\"eta_s\":601}");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void anImpossiblyFastApproachIsDetected() {
        drive(0, 12).drive(12, 9);
        car.publishes("approach", "{\"trip\":\"a-1\",\"eta_s\":60}");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void anApproachAfterAJumpIsDetected() {
        drive(0, 12).drive(12, 11).fixAt(1.2, 5).announce("a-1");
        assertThat(car.broken()).containsExactly(SafetyRule.ONE_APPROACH_PER_TRIP);
    }

    @Test
    void theFaultGpsNoFixAfterGoodFixesIsDetected() {
        car.publishes("fault", "gps-no-fix").after(Duration.ofMinutes(1));
        fixAt(1, 5).fixAt(1, 5).fixAt(1, 5).fixAt(1, 5).fixAt(1, 5);
        assertThat(car.broken()).isEmpty();
        fixAt(1, 5).fixAt(1, 5);
        assertThat(car.broken()).containsExactly(SafetyRule.FAULTS_CLEAR);
    }
}
