package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Approach;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.testkit.ControllerPropertyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Rule 14 in random schedules: at most one trip is announced each time the car leaves, and bad fixes announce none. The
 * car commutes, so that there are trips; receiver, disk and power fail at random.
 */
final class ApproachDetectorPropertyTest extends ControllerPropertyTest<CarState, CarInput> {

    private static final CarSettings SETTINGS = CarScenario.SETTINGS;
    private static final long COMMUTE_S = 1_800;
    private static final double FARTHEST_M = 14_000;

    private String announced = "";
    private boolean ended;
    private boolean isAway;
    private boolean hasLeft;
    private final Set<String> all = new HashSet<>();
    private int trips;
    private int cancellations;

    @Override
    protected Controller<CarState, CarInput> controller() {
        return new ApproachDetector(SETTINGS);
    }

    @Override
    protected Function<EffectReport, CarInput> toInput() {
        return CarInput.Reported::new;
    }

    @Override
    protected Duration maxOnTime() {
        return Duration.ZERO;
    }

    @Override
    protected Boot randomBoot(Random random) {
        all.clear();
        announced = "";
        ended = true;
        hasLeft = false;
        return switch (random.nextInt(5)) {
            case 0 -> new Boot("boot", Map.of(), true);
            case 1 -> withSavedState(Map.of("stage", "ready", "trip", "old-1"), true);
            case 2 -> withSavedState(Map.of("stage", "coming", "trip", "old-1", "within-km", "7"), true);
            case 3 -> withSavedState(Map.of("stage", "coming", "trip", "", "within-km", "x"), false);
            default -> Boot.first("boot");
        };
    }

    private Boot withSavedState(Map<String, String> entries, boolean left) {
        hasLeft = left;
        return new Boot("boot", entries, false);
    }

    @Override
    protected CarInput randomInput(Random random, Instant now) {
        Fix fix =
                switch (random.nextInt(20)) {
                    case 0 -> new Fix(new Position(0, 0), 5);
                    case 1 -> new Fix(CarScenario.at(random.nextInt(3_000)), 51 + random.nextInt(1_000));
                    case 2 -> new Fix(CarScenario.at(random.nextInt(20_000)), Double.NaN);
                    case 3 -> new Fix(CarScenario.at(random.nextInt(40_000) - 20_000, random.nextInt(20_000)), 10);
                    case 4 -> new Fix(new Position(random.nextInt(181) - 90, random.nextInt(361) - 180), 0);
                    case 5 -> new Fix(commuting(now, random), -1);
                    default -> new Fix(commuting(now, random), random.nextInt(51));
                };
        if (random.nextInt(30) == 0) {
            return new CarInput.Reported(new EffectReport.StorageFailed("disk full"));
        }
        isAway = fix.position().metresTo(SETTINGS.home()) > SETTINGS.armBeyondM()
                && fix.errorM() >= 0
                && fix.errorM() <= SETTINGS.worstFixM();
        hasLeft |= ended && isAway;
        return new CarInput.FixReceived(fix);
    }

    /** A trip out and back in half an hour, with a stay at home. */
    private static Position commuting(Instant now, Random random) {
        double share = (now.toEpochMilli() / 1000.0 % COMMUTE_S) / COMMUTE_S;
        double north = Math.max(0, FARTHEST_M * (1 - Math.abs(2 * share - 1) * 1.3));
        return CarScenario.at(north + random.nextGaussian() * 15, random.nextGaussian() * 15);
    }

    @Override
    protected void check(CarState state, Decision<CarState> decision, Instant now, String where) {
        boolean coming = false;
        boolean approaching = false;
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Publish<?> publish) {
                assertThat(publish.expiresAt()).as(where).isAfter(now);
                approaching |= publish.message() == Presence.APPROACHING;
                if (publish.message() instanceof Approach approach && !approach.cancelled()) {
                    coming = true;
                    checkAnnounced(approach, where);
                } else if (publish.message() instanceof Approach cancellation) {
                    cancellations += cancellation.trip().equals(announced) ? 1 : 0;
                }
            }
        }
        assertThat(coming)
                .as("%s: presence is approaching exactly while a trip is announced", where)
                .isEqualTo(approaching);
        ended |=
                decision.state().trip() instanceof Trip.Idle || decision.state().trip() instanceof Trip.Departed;
        hasLeft |= ended && isAway; // It turned away beyond the outer circle.
        if (decision.state().trip() instanceof Trip.Departed && !announced.isEmpty()) {
            assertThat(hasLeft)
                    .as("%s: a new trip is possible only after leaving", where)
                    .isTrue();
        }
    }

    private void checkAnnounced(Approach approach, String where) {
        assertThat(approach.eta()).as(where).isBetween(Duration.ofSeconds(30), Duration.ofHours(12));
        if (!approach.trip().equals(announced)) {
            assertThat(all.add(approach.trip()))
                    .as("%s: a trip that ended is not announced again", where)
                    .isTrue();
            assertThat(hasLeft)
                    .as("%s: %s without leaving since %s", where, approach, announced)
                    .isTrue();
            announced = approach.trip();
            hasLeft = false;
            ended = false;
            trips++;
        }
    }

    /** The properties prove something only if the schedules contain trips. */
    @AfterEach
    void theSchedulesContainTrips() {
        if (trips > 0) {
            assertThat(trips).isGreaterThan(RUNS);
            assertThat(cancellations).isGreaterThan(RUNS / 10);
        }
    }

    @Test
    void badFixesAnnounceNothingWhateverTheirPosition() {
        for (int seed = 0; seed < RUNS * 3 / 10; seed++) {
            Random random = new Random(seed);
            CarScenario car =
                    CarScenario.from(random.nextBoolean() ? 0 : 20_000).standing("3m");
            for (int step = 0; step < 200; step++) {
                Position anywhere = CarScenario.at(random.nextInt(8_000) - 4_000, random.nextInt(8_000) - 4_000);
                switch (random.nextInt(4)) {
                    case 0 -> car.fix(anywhere, 50.1 + random.nextInt(500));
                    case 1 -> car.fix(new Position(0.004, -0.004), 3);
                    case 2 -> car.fix(anywhere, random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY);
                    default ->
                        car.fix(CarScenario.at(8_000 + random.nextInt(500_000)), 5)
                                .standing("1s");
                }
            }
            assertThat(car.log()).as("seed %d", seed).isEmpty();
        }
    }

    /** For the owner: one cup per trip home. */
    @Test
    void eachOfManyTripsHomeIsAnnouncedOnceAndInTime() {
        Random random = new Random(42);
        CarScenario car = CarScenario.from(0).withGpsError(8);
        int count = RUNS / 5;
        for (int trip = 0; trip < count; trip++) {
            double mps = 6 + random.nextInt(20);
            double farthest = 4_000 + random.nextInt(20_000);
            car.to(farthest, mps).standing(random.nextInt(10) + "m");
            for (double metres = farthest; metres > 0; ) {
                metres = Math.max(0, metres - 300 - random.nextInt(3_000));
                switch (random.nextInt(6)) {
                    case 0 -> car.moveWithoutFixes(metres, mps);
                    case 1 -> car.to(metres, mps).standing((10 + random.nextInt(60)) + "s");
                    case 2 -> car.to(metres, mps).fix(CarScenario.at(random.nextInt(90_000)), 9);
                    default -> car.to(metres, mps);
                }
            }
            car.standing("1m");
            assertThat(car.latest(Presence.TOPIC)).as("trip %d", trip).isEqualTo(Presence.HOME);
        }

        assertThat(car.log().split(" coming@", -1)).as(car.log()).hasSize(count + 1);
        assertThat(car.log()).contains("boot1-" + count + " coming").doesNotContain("off");
    }
}
