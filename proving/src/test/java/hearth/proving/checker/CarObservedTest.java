package hearth.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The car: rule 14. Home is at 52° N 5° E; a thousandth of a degree of latitude is 111 m. */
class CarObservedTest {

    private static final double HOME_DEG = 52.0;
    private static final double KM_DEG = 1 / 111.195;

    private final Timeline car = Timeline.of("car").boot();

    /** The car drives straight from one distance to another at 15 m/s, a fix each ten seconds. */
    private CarObservedTest drives(double fromKm, double toKm) {
        double stepKm = fromKm < toKm ? 0.15 : -0.15;
        for (double km = fromKm; (toKm - km) * stepKm > 0; km += stepKm) {
            isAt(km, 10);
        }
        return this;
    }

    private CarObservedTest isAt(double km, double errorM) {
        car.after(Duration.ofSeconds(10)).see(new Event.Fixed(HOME_DEG + km * KM_DEG, 5.0, errorM));
        return this;
    }

    private CarObservedTest announces(String trip) {
        car.says("approach", "{\"trip\":\"" + trip + "\",\"eta_s\":420}");
        return this;
    }

    @Test
    void aTripAnnouncedOnceIsLawful() {
        drives(0, 4)
                .drives(4, 1.4)
                .announces("a-1")
                .drives(1.4, 0.5)
                .announces("a-1")
                .drives(0.5, 0);
        drives(0, 4).drives(4, 1.4).announces("a-2");

        assertThat(car.broken()).isEmpty();
        assertThat(car.tested(Rule.ONE_APPROACH)).isEqualTo(2);
    }

    @Test
    void aNewIdInTheMiddleOfATripIsFound() {
        drives(0, 8).drives(8, 5).announces("a-1").drives(5, 3).announces("a-2");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void aCarThatHasNotLeftIsNotComing() {
        drives(0, 2.3).drives(2.3, 1).announces("a-1");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void oneThatTurnedAwayComesAsANewTrip() {
        drives(0, 4).drives(4, 1.4).announces("a-1").drives(1.4, 2.7);
        car.says("approach", "{\"trip\":\"a-1\",\"called_off\":true}");
        drives(2.7, 1.4).announces("a-2");
        assertThat(car.broken()).isEmpty();
    }

    @Test
    void badFixesTriggerNothing() {
        drives(0, 4);
        car.after(Duration.ofMinutes(20));
        isAt(1.4, 80).isAt(1.3, 80).isAt(1.2, Double.NaN).isAt(1.1, 80).announces("a-1");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void aCarThatGoesAwayIsNotComing() {
        drives(0, 4);
        car.after(Duration.ofMinutes(20));
        drives(4, 5).announces("a-1");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void aTripIsKnownOverAPowerCutIfThereWasTimeToNoteIt() {
        drives(0, 4).drives(4, 1.4).announces("a-1").drives(1.4, 0.9);
        car.powerCut().after(Duration.ofSeconds(5)).boot();
        drives(0.9, 0.5).announces("a-2");
        assertThat(car.broken()).isEmpty(); // Half a minute after the announcement.

        drives(0.5, 4).drives(4, 1.4).announces("a-3").drives(1.4, 0.2);
        car.powerCut().after(Duration.ofSeconds(5)).boot();
        drives(0.6, 0.2).announces("a-4");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void aCarThatIsFarInPlaceAndTimeIsNotComingYet() {
        drives(0, 12).drives(12, 9);
        car.says("approach", "{\"trip\":\"a-1\",\"eta_s\":601}");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void noCarIsAsFastAsThat() {
        drives(0, 12).drives(12, 9);
        car.says("approach", "{\"trip\":\"a-1\",\"eta_s\":60}");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void aJumpIsNoApproach() {
        drives(0, 12).drives(12, 11).isAt(1.2, 5).announces("a-1");
        assertThat(car.broken()).containsExactly(Rule.ONE_APPROACH);
    }

    @Test
    void aReceiverThatHasAPlaceAgainIsNotToldToHaveNone() {
        car.says("fault", "gps-no-fix").after(Duration.ofMinutes(1));
        isAt(1, 5).isAt(1, 5).isAt(1, 5).isAt(1, 5).isAt(1, 5);
        assertThat(car.broken()).isEmpty();
        isAt(1, 5).isAt(1, 5);
        assertThat(car.broken()).containsExactly(Rule.HEALS);
    }
}
