package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.EffectReport;
import hearth.common.message.CommonTopics;
import hearth.common.value.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApproachDetectorTest {

    @Test
    void aTripHomeIsAnnouncedOnceTenMinutesBeforeItEnds() {
        CarScenario car = CarScenario.from(20_000).to(0, 20);

        assertThat(car.log()).isEqualTo("boot1-1 coming@11.9km silence@0.1km");
        assertThat(car.etas()).containsExactly(600L);
        assertThat(car.published(Presence.TOPIC)).containsExactly(Presence.AWAY, Presence.APPROACHING, Presence.HOME);
    }

    @Test
    void aSlowCarIsAnnouncedWhenItIsWithinTheInnerCircle() {
        CarScenario car = CarScenario.from(3_000).to(1_000, 2);

        assertThat(car.log()).isEqualTo("boot1-1 coming@1.5km");
    }

    @Test
    void aSlowStartIsAnnouncedWhenTheExpectedArrivalIsWithinTheLead() {
        CarScenario car = CarScenario.from(8_000).standing("10m").to(7_500, 3);
        assertThat(car.log()).isEmpty();

        car.to(7_000, 8).to(0, 16);

        assertThat(car.log()).startsWith("boot1-1 coming@6.").endsWith("km silence@0.1km");
        assertThat(car.etas().get(0)).isLessThanOrEqualTo(600);
    }

    @Test
    void aCarParkedOnTheOuterCircleIsNotAnnouncedWhenTheGpsErrorMovesIt() {
        CarScenario car = CarScenario.from(2_500).withGpsError(40).standing("3h");

        assertThat(car.log()).isEmpty();
    }

    @Test
    void aCarParkedOnTheInnerCircleIsAnnouncedOnceWhenTheGpsErrorMovesIt() {
        CarScenario car = CarScenario.from(5_000)
                .withGpsError(40)
                .to(1_500, 12)
                .standing("3h")
                .to(0, 8);

        assertThat(car.log()).isEqualTo("boot1-1 coming@5.0km silence@0.1km".replace("5.0", announcedAt(car)));
    }

    @Test
    void aCarParkedOnTheOuterCircleOnItsWayHomeIsAnnouncedOnce() {
        CarScenario car = CarScenario.from(9_000)
                .withGpsError(40)
                .to(2_450, 12)
                .standing("3h")
                .to(0, 8);

        assertThat(car.log()).isEqualTo("boot1-1 coming@7.0km silence@0.1km".replace("7.0", announcedAt(car)));
    }

    @Test
    void aCarParkedAtHomeStaysAtHomeWhenTheGpsErrorMovesIt() {
        CarScenario car = CarScenario.from(20).withGpsError(45).standing("3h");

        assertThat(car.published(Presence.TOPIC)).containsExactly(Presence.HOME);
        assertThat(car.published(Distance.TOPIC)).containsExactly(new Distance(0));
        assertThat(car.log()).isEmpty();
    }

    @Test
    void aTripThatPassesHomeIsCancelled() {
        CarScenario car = CarScenario.from(-9_000);

        for (int east = -9_000; east <= 9_000; east += 20) { // Along a road 1.2 km north of home.
            car.fix(CarScenario.at(1_200, east), 8);
        }

        car.withoutFixes("1h");
        assertThat(car.log()).containsSubsequence("boot1-1 coming", "boot1-1 off", "silence");
        assertThat(car.log()).doesNotContain("boot1-2");
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void aDetourIsOneTripThatTakesLonger() {
        CarScenario car = CarScenario.from(8_000).to(4_000, 15);
        long before = car.secondsLeft();

        car.to(4_800, 15);

        assertThat(car.secondsLeft()).isGreaterThan(before + 60);
        car.to(0, 15);
        assertThat(car.log()).matches("boot1-1 coming@[78].[0-9]km silence@0.1km");
    }

    @Test
    void turningAwayCancelsTheTrip() {
        CarScenario car = CarScenario.from(8_000).to(2_000, 15).to(4_000, 15);

        assertThat(car.log()).matches("boot1-1 coming@[78].[0-9]km boot1-1 off@[23].[0-9]km");
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void aCancellationIsPublishedUntilTheTripCannotBeExpectedAnyMore() {
        CarScenario car = CarScenario.from(8_000).to(2_000, 15).to(12_000, 15);

        assertThat(car.log()).contains("boot1-1 off@").doesNotContain("silence");
        car.standing("20m");
        assertThat(car.log()).endsWith("silence@12.0km");
    }

    @Test
    void returningTwiceMakesTwoTrips() {
        CarScenario car = CarScenario.from(0)
                .to(6_000, 15)
                .to(0, 15)
                .standing("20m")
                .to(6_000, 15)
                .to(0, 15);

        assertThat(car.log())
                .matches("boot1-1 coming@[45].[0-9]km silence@0.1km boot1-2 coming@[45].[0-9]km silence@0.1km");
    }

    @Test
    void aWalkWithinTheOuterCircleIsNoTrip() {
        CarScenario car =
                CarScenario.from(0).to(2_400, 12).to(0, 12).to(1_600, 12).to(0, 12);

        assertThat(car.log()).isEmpty();
        assertThat(car.published(Presence.TOPIC))
                .containsExactly(Presence.HOME, Presence.AWAY, Presence.HOME, Presence.AWAY, Presence.HOME);
    }

    @Test
    void turningBackHomeAfterTurningAwayInsideTheOuterCircleIsNotAnnouncedAgain() {
        CarScenario car = CarScenario.from(8_000).to(500, 15).to(2_300, 8).to(0, 8);

        assertThat(car.log()).containsOnlyOnce("coming").contains("boot1-1 off");
    }

    @Test
    void aTunnelOfTwoMinutesChangesNothing() {
        CarScenario car = CarScenario.from(9_000).to(6_000, 15).moveWithoutFixes(4_200, 15);
        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("gps-no-fix");

        car.to(0, 15);

        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("none");
        assertThat(car.log()).matches("boot1-1 coming@8.[0-9]km silence@0.1km");
    }

    @Test
    void aTunnelUpToTheInnerCircleOnlyDelaysTheAnnouncement() {
        CarScenario car = CarScenario.from(20_000)
                .to(13_000, 20)
                .moveWithoutFixes(1_200, 20)
                .to(0, 10);

        assertThat(car.log()).matches("boot1-1 coming@(1.0|0.9)km silence@0.1km");
    }

    @Test
    void aCarWithoutFixesIsExpectedUntilItsEstimateEnds() {
        CarScenario car =
                CarScenario.from(9_000).to(3_000, 15).moveWithoutFixes(400, 15).withoutFixes("20m");

        assertThat(car.log()).matches("boot1-1 coming@8.[0-9]km silence@0.4km");
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
        car.to(2_400, 10);
        assertThat(car.log()).containsOnlyOnce("coming"); // The next morning, from a garage without reception.
    }

    @Test
    void inATrafficJamTheEstimateGrowsAndTheTripContinues() {
        CarScenario car = CarScenario.from(12_000).to(3_000, 20);
        assertThat(car.secondsLeft()).isBetween(120L, 180L);

        car.standing("5m");
        assertThat(car.secondsLeft()).isBetween(900L, 1_300L);

        car.standing("2h");
        assertThat(car.secondsLeft()).isBetween(900L, 1_300L);
        car.to(0, 10);
        assertThat(car.log()).isEqualTo("boot1-1 coming@11.7km silence@0.1km".replace("11.7", announcedAt(car)));
    }

    @Test
    void aVerySlowCarStaysAnnouncedUntilItIsHome() {
        CarScenario car = CarScenario.from(8_000).to(1_000, 20).to(151, 0.5);
        assertThat(car.log()).matches("boot1-1 coming@[0-9.]+km");

        car.to(0, 0.5);

        assertThat(car.log()).endsWith("silence@0.1km");
    }

    @Test
    void trafficLightsCauseFewEstimates() {
        CarScenario car = CarScenario.from(12_000);

        for (int metres = 11_500; metres >= 0; metres -= 500) {
            car.to(metres, 14).standing("20s");
        }

        assertThat(car.etas()).hasSizeLessThan(15);
        assertThat(car.log()).matches("boot1-1 coming@[0-9.]+km silence@0.1km");
    }

    @Test
    void fixesThatAreTooBadDoNotTrigger() {
        CarScenario car = CarScenario.from(0).to(3_000, 15).standing("3m");

        for (int metres = 3_000; metres > 200; metres -= 15) {
            car.fix(CarScenario.at(metres), metres % 2 == 0 ? 51 : Double.POSITIVE_INFINITY);
            car.fix(CarScenario.at(metres), metres % 2 == 0 ? Double.NaN : -1);
        }

        assertThat(car.log()).isEmpty();
    }

    @Test
    void fixesThatAreTooBadDoNotArm() {
        CarScenario car = CarScenario.from(0).to(2_000, 15);

        for (int metres = 2_000; metres < 8_000; metres += 15) {
            car.fix(CarScenario.at(metres), 60);
        }
        car.withoutFixes("10m").fix(new Position(0, 0), 5).to(0, 15);

        assertThat(car.log()).isEmpty();
        assertThat(car.published(Distance.TOPIC)).doesNotContain(new Distance(3));
    }

    @Test
    void aJumpHomeAndBackDoesNotTrigger() {
        CarScenario car = CarScenario.from(12_000).standing("3m");

        for (int i = 0; i < 20; i++) {
            car.fix(CarScenario.at(1_000), 5).fix(CarScenario.at(900), 5).standing("30s");
        }

        assertThat(car.log()).isEmpty();
        assertThat(car.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
        assertThat(car.published(Distance.TOPIC)).containsExactly(new Distance(12));
    }

    @Test
    void aJumpAwayAndBackDoesNotArm() {
        CarScenario car = CarScenario.from(1_000).standing("3m");

        car.fix(CarScenario.at(400_000), 5).fix(CarScenario.at(400_000), 5).standing("1m");
        for (int i = 0; i < 5; i++) { // Accepted because they agree, until the receiver is right again.
            car.fix(CarScenario.at(400_000), 5);
        }
        car.to(160, 10);

        assertThat(car.log()).isEmpty();
    }

    @Test
    void aTransportedCarIsAcceptedAtItsNewPositionAndNotAnnounced() {
        CarScenario car =
                CarScenario.from(90_000).standing("3m"); // A ferry: one fix was received before its departure.

        car.withoutFixes("1m");
        for (int metres = 1_400; metres > 1_000; metres -= 10) {
            car.fix(CarScenario.at(metres), 5);
        }

        assertThat(car.log()).isEmpty();
        assertThat(car.latest(Distance.TOPIC)).isEqualTo(new Distance(1));
    }

    @Test
    void jumpsNearBuildingsDoNotCancelATrip() {
        CarScenario car = CarScenario.from(12_000).to(2_300, 3); // It has left, and is too slow to be announced yet.

        car.standing("1m");
        for (int i = 0; i < 5; i++) {
            car.fix(CarScenario.at(2_300, 300), 8);
        }
        car.to(0, 10);

        assertThat(car.log()).matches("boot1-1 coming@[12].[0-9]km silence@0.1km");
    }

    @Test
    void aJumpOnTheWayDoesNotChangeTheEstimate() {
        CarScenario car = CarScenario.from(12_000).to(4_000, 15);

        for (int i = 0; i < 5; i++) {
            car.fix(CarScenario.at(4_000, 400), 8);
        }
        car.to(0, 15);

        assertThat(car.etas()).containsExactly(600L, 30L); // Only the seconds without movement are added, at the end.
    }

    @Test
    void afterALongFerryTheTripContinuesAsUsual() {
        CarScenario car = CarScenario.from(60_000)
                .standing("1m")
                .moveWithoutFixes(20_000, 10)
                .to(0, 20);

        assertThat(car.log()).matches("boot1-1 coming@1[0-9.]+km silence@0.1km");
    }

    @Test
    void switchedOnAtHomeItIsHomeAndNotAnnounced() {
        CarScenario car = CarScenario.from(30).standing("5m");

        assertThat(car.log()).isEmpty();
        assertThat(car.published(Presence.TOPIC)).containsExactly(Presence.HOME);
    }

    @Test
    void beforeTheFirstFixNoPresenceIsPublished() {
        CarScenario car = CarScenario.from(0).withoutFixes("1h");

        assertThat(car.published(Presence.TOPIC)).isEmpty();
        assertThat(car.published(Distance.TOPIC)).isEmpty();
        assertThat(car.published(CommonTopics.FAULT)).containsExactly("none", "gps-no-fix");
    }

    @Test
    void aRestartDuringATripContinuesTheSameTrip() {
        CarScenario car = CarScenario.from(9_000)
                .to(5_000, 15)
                .restarted()
                .withoutFixes("40s")
                .to(0, 15);

        assertThat(car.log()).matches("boot1-1 coming@8.[0-9]km restart boot1-1 coming@4.[0-9]km silence@0.1km");
    }

    @Test
    void aRestartBetweenAnnouncingAndSavingMakesNoSecondTrip() {
        CarScenario car = CarScenario.from(9_500).standing("10s").disk(false).to(5_000, 15);
        assertThat(car.log()).contains("boot1-1 coming");

        car.restarted().to(0, 15);

        assertThat(car.log()).contains("restart boot1-1 coming").doesNotContain("boot2");
    }

    @Test
    void aRestartInsideTheOuterCircleKeepsThatTheCarHasLeft() {
        CarScenario car = CarScenario.from(12_000).to(2_200, 3).restarted().to(0, 12);

        assertThat(car.log()).matches("restart boot1-1 coming@[12].[0-9]km silence@0.1km");
    }

    @Test
    void anAnnouncedTripEndsIfTheCarIsHomeAfterTheRestart() {
        CarScenario car = CarScenario.from(9_000).to(500, 15).restarted();

        car.moveWithoutFixes(0, 15).standing("1m").to(6_000, 15).to(0, 15);

        assertThat(car.log()).matches("boot1-1 coming@8.[0-9]km restart boot2-1 coming@[45].[0-9]km silence@0.1km");
    }

    @Test
    void anAnnouncedTripIsCancelledIfTheCarIsElsewhereAfterTheRestart() {
        CarScenario car = CarScenario.from(9_000).to(3_500, 15).restarted();

        car.moveWithoutFixes(30_000, 60).to(26_000, 20).to(0, 20);

        assertThat(car.log())
                .matches("boot1-1 coming@8.[0-9]km restart boot1-1 off@29.9km boot2-1 coming@11.9km silence@0.1km");
    }

    @Test
    void damagedSavedStateIsAFaultUntilTheOwnerResetsIt() {
        CarScenario damaged = CarScenario.from(30, new Boot("boot1", Map.of(), true));
        CarScenario invalid = CarScenario.from(30, new Boot("boot1", Map.of("stage", "coming", "trip", "a b"), false));

        assertThat(damaged.published(CommonTopics.FAULT)).containsExactly("state-lost");
        assertThat(invalid.published(CommonTopics.FAULT)).containsExactly("state-lost");

        damaged.reset();
        assertThat(damaged.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aDiskThatFailsIsAFaultUntilItWorks() {
        CarScenario car = CarScenario.from(30).standing("1m").report(new EffectReport.StorageFailed("disk full"));
        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("storage");

        car.report(new EffectReport.StateSaved(Map.of("stage", "over")));

        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void withoutAGoodFixForAMinuteThereIsAFault() {
        CarScenario car = CarScenario.from(5_000).standing("10s");

        car.withoutFixes("59s");
        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("none");
        car.fix(CarScenario.at(5_000), 51);
        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("gps-no-fix");
        car.fix(CarScenario.at(5_000), 50);
        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void theStateIsSavedOnlyAFewTimesPerTrip() {
        CarScenario car = CarScenario.from(0);
        List<Map<String, String>> saved = new ArrayList<>();

        for (int metres = 0; metres < 10_000; metres += 100) {
            car.to(metres, 15);
            addState(saved, car);
        }
        for (int metres = 10_000; metres >= 0; metres -= 100) {
            car.to(metres, 15);
            addState(saved, car);
        }

        assertThat(saved).hasSizeLessThan(15).contains(Map.of("stage", "coming", "trip", "boot1-1", "within-km", "2"));
    }

    private static void addState(List<Map<String, String>> saved, CarScenario car) {
        Map<String, String> now = car.story().savedState();
        if (saved.isEmpty() || !saved.get(saved.size() - 1).equals(now)) {
            saved.add(now);
        }
    }

    /** The exact distance depends on the random GPS error and does not matter. */
    private static String announcedAt(CarScenario car) {
        String log = car.log();
        return log.substring(log.indexOf('@') + 1, log.indexOf("km"));
    }
}
