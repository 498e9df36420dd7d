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
    void aDriveHomeIsAnnouncedOnceTenMinutesBeforeItEnds() {
        CarScenario drive = CarScenario.from(20_000).to(0, 20);

        assertThat(drive.log()).isEqualTo("boot1-1 coming@11.9km silence@0.1km");
        assertThat(drive.etas()).containsExactly(600L);
        assertThat(drive.published(Presence.TOPIC)).containsExactly(Presence.AWAY, Presence.APPROACHING, Presence.HOME);
    }

    @Test
    void aSlowCarIsAnnouncedWhenItIsWithinTheInnerCircle() {
        CarScenario drive = CarScenario.from(3_000).to(1_000, 2);

        assertThat(drive.log()).isEqualTo("boot1-1 coming@1.5km");
    }

    @Test
    void aSlowStartIsAnnouncedOnceItWouldBeHomeInTime() {
        CarScenario drive = CarScenario.from(8_000).standing("10m").to(7_500, 3);
        assertThat(drive.log()).isEmpty();

        drive.to(7_000, 8).to(0, 16);

        assertThat(drive.log()).startsWith("boot1-1 coming@6.").endsWith("km silence@0.1km");
        assertThat(drive.etas().get(0)).isLessThanOrEqualTo(600);
    }

    @Test
    void aCarParkedOnTheOuterCircleUnderAWanderingGpsIsNotAnnounced() {
        CarScenario drive = CarScenario.from(2_500).wandering(40).standing("3h");

        assertThat(drive.log()).isEmpty();
    }

    @Test
    void aCarParkedOnTheInnerCircleUnderAWanderingGpsIsAnnouncedOnce() {
        CarScenario drive = CarScenario.from(5_000)
                .wandering(40)
                .to(1_500, 12)
                .standing("3h")
                .to(0, 8);

        assertThat(drive.log()).isEqualTo("boot1-1 coming@5.0km silence@0.1km".replace("5.0", announcedAt(drive)));
    }

    @Test
    void aCarParkedOnTheOuterCircleOnItsWayHomeIsAnnouncedOnce() {
        CarScenario drive = CarScenario.from(9_000)
                .wandering(40)
                .to(2_450, 12)
                .standing("3h")
                .to(0, 8);

        assertThat(drive.log()).isEqualTo("boot1-1 coming@7.0km silence@0.1km".replace("7.0", announcedAt(drive)));
    }

    @Test
    void aCarParkedAtHomeUnderAWanderingGpsStaysHome() {
        CarScenario drive = CarScenario.from(20).wandering(45).standing("3h");

        assertThat(drive.published(Presence.TOPIC)).containsExactly(Presence.HOME);
        assertThat(drive.published(Distance.TOPIC)).containsExactly(new Distance(0));
        assertThat(drive.log()).isEmpty();
    }

    @Test
    void passingByIsCalledOff() {
        CarScenario drive = CarScenario.from(-9_000);

        for (int east = -9_000; east <= 9_000; east += 20) { // Along a road 1.2 km north of home.
            drive.fix(CarScenario.at(1_200, east), 8);
        }

        drive.withoutFixes("1h");
        assertThat(drive.log()).containsSubsequence("boot1-1 coming", "boot1-1 off", "silence");
        assertThat(drive.log()).doesNotContain("boot1-2");
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void aDetourIsOneTripThatTakesLonger() {
        CarScenario drive = CarScenario.from(8_000).to(4_000, 15);
        long before = drive.secondsLeft();

        drive.to(4_800, 15);

        assertThat(drive.secondsLeft()).isGreaterThan(before + 60);
        drive.to(0, 15);
        assertThat(drive.log()).matches("boot1-1 coming@[78].[0-9]km silence@0.1km");
    }

    @Test
    void turningAwayCallsTheTripOff() {
        CarScenario drive = CarScenario.from(8_000).to(2_000, 15).to(4_000, 15);

        assertThat(drive.log()).matches("boot1-1 coming@[78].[0-9]km boot1-1 off@[23].[0-9]km");
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void aTripCalledOffIsToldUntilNobodyCanBeWaitingForIt() {
        CarScenario drive = CarScenario.from(8_000).to(2_000, 15).to(12_000, 15);

        assertThat(drive.log()).contains("boot1-1 off@").doesNotContain("silence");
        drive.standing("20m");
        assertThat(drive.log()).endsWith("silence@12.0km");
    }

    @Test
    void returningTwiceMakesTwoTrips() {
        CarScenario drive = CarScenario.from(0)
                .to(6_000, 15)
                .to(0, 15)
                .standing("20m")
                .to(6_000, 15)
                .to(0, 15);

        assertThat(drive.log())
                .matches("boot1-1 coming@[45].[0-9]km silence@0.1km boot1-2 coming@[45].[0-9]km silence@0.1km");
    }

    @Test
    void aWalkRoundTheBlockIsNoTrip() {
        CarScenario drive =
                CarScenario.from(0).to(2_400, 12).to(0, 12).to(1_600, 12).to(0, 12);

        assertThat(drive.log()).isEmpty();
        assertThat(drive.published(Presence.TOPIC))
                .containsExactly(Presence.HOME, Presence.AWAY, Presence.HOME, Presence.AWAY, Presence.HOME);
    }

    @Test
    void turningBackHomeAfterTurningAwayInsideTheOuterCircleIsNotAnnouncedAgain() {
        CarScenario drive = CarScenario.from(8_000).to(500, 15).to(2_300, 8).to(0, 8);

        assertThat(drive.log()).containsOnlyOnce("coming").contains("boot1-1 off");
    }

    @Test
    void aTunnelOfTwoMinutesChangesNothing() {
        CarScenario drive = CarScenario.from(9_000).to(6_000, 15).moveWithoutFixes(4_200, 15);
        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("gps-no-fix");

        drive.to(0, 15);

        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("none");
        assertThat(drive.log()).matches("boot1-1 coming@8.[0-9]km silence@0.1km");
    }

    @Test
    void aTunnelFromAwayToTheInnerCircleDelaysTheAnnouncementOnly() {
        CarScenario drive = CarScenario.from(20_000)
                .to(13_000, 20)
                .moveWithoutFixes(1_200, 20)
                .to(0, 10);

        assertThat(drive.log()).matches("boot1-1 coming@(1.0|0.9)km silence@0.1km");
    }

    @Test
    void aCarThatFallsSilentIsExpectedWhenItSaidAndNoLonger() {
        CarScenario drive =
                CarScenario.from(9_000).to(3_000, 15).moveWithoutFixes(400, 15).withoutFixes("20m");

        assertThat(drive.log()).matches("boot1-1 coming@8.[0-9]km silence@0.4km");
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
        drive.to(2_400, 10);
        assertThat(drive.log()).containsOnlyOnce("coming"); // Next morning, out of a garage without reception.
    }

    @Test
    void aTrafficJamMakesTheEstimateGrowAndKeepsTheTripAlive() {
        CarScenario drive = CarScenario.from(12_000).to(3_000, 20);
        assertThat(drive.secondsLeft()).isBetween(120L, 180L);

        drive.standing("5m");
        assertThat(drive.secondsLeft()).isBetween(900L, 1_300L);

        drive.standing("2h");
        assertThat(drive.secondsLeft()).isBetween(900L, 1_300L);
        drive.to(0, 10);
        assertThat(drive.log()).isEqualTo("boot1-1 coming@11.7km silence@0.1km".replace("11.7", announcedAt(drive)));
    }

    @Test
    void aCarThatCreepsTheLastMetresIsComingAllTheWay() {
        CarScenario drive = CarScenario.from(8_000).to(1_000, 20).to(151, 0.5);
        assertThat(drive.log()).matches("boot1-1 coming@[0-9.]+km");

        drive.to(0, 0.5);

        assertThat(drive.log()).endsWith("silence@0.1km");
    }

    @Test
    void trafficLightsDoNotFloodTheHouseWithEstimates() {
        CarScenario drive = CarScenario.from(12_000);

        for (int metres = 11_500; metres >= 0; metres -= 500) {
            drive.to(metres, 14).standing("20s");
        }

        assertThat(drive.etas()).hasSizeLessThan(15);
        assertThat(drive.log()).matches("boot1-1 coming@[0-9.]+km silence@0.1km");
    }

    @Test
    void fixesThatAreTooBadDoNotTrigger() {
        CarScenario drive = CarScenario.from(0).to(3_000, 15).standing("3m");

        for (int metres = 3_000; metres > 200; metres -= 15) {
            drive.fix(CarScenario.at(metres), metres % 2 == 0 ? 51 : Double.POSITIVE_INFINITY);
            drive.fix(CarScenario.at(metres), metres % 2 == 0 ? Double.NaN : -1);
        }

        assertThat(drive.log()).isEmpty();
    }

    @Test
    void fixesThatAreTooBadDoNotArm() {
        CarScenario drive = CarScenario.from(0).to(2_000, 15);

        for (int metres = 2_000; metres < 8_000; metres += 15) {
            drive.fix(CarScenario.at(metres), 60);
        }
        drive.withoutFixes("10m").fix(new Position(0, 0), 5).to(0, 15);

        assertThat(drive.log()).isEmpty();
        assertThat(drive.published(Distance.TOPIC)).doesNotContain(new Distance(3));
    }

    @Test
    void aJumpHomeAndBackDoesNotTrigger() {
        CarScenario drive = CarScenario.from(12_000).standing("3m");

        for (int i = 0; i < 20; i++) {
            drive.fix(CarScenario.at(1_000), 5).fix(CarScenario.at(900), 5).standing("30s");
        }

        assertThat(drive.log()).isEmpty();
        assertThat(drive.latest(Presence.TOPIC)).isEqualTo(Presence.AWAY);
        assertThat(drive.published(Distance.TOPIC)).containsExactly(new Distance(12));
    }

    @Test
    void aJumpAwayAndBackDoesNotArm() {
        CarScenario drive = CarScenario.from(1_000).standing("3m");

        drive.fix(CarScenario.at(400_000), 5).fix(CarScenario.at(400_000), 5).standing("1m");
        for (int i = 0; i < 5; i++) { // Believed for want of anything better, until the receiver comes to its senses.
            drive.fix(CarScenario.at(400_000), 5);
        }
        drive.to(160, 10);

        assertThat(drive.log()).isEmpty();
    }

    @Test
    void aCarThatWasCarriedIsBelievedAndNotAnnouncedForIt() {
        CarScenario drive =
                CarScenario.from(90_000).standing("3m"); // A ferry whose hold let one fix through at the wrong end.

        drive.withoutFixes("1m");
        for (int metres = 1_400; metres > 1_000; metres -= 10) {
            drive.fix(CarScenario.at(metres), 5);
        }

        assertThat(drive.log()).isEmpty();
        assertThat(drive.latest(Distance.TOPIC)).isEqualTo(new Distance(1));
    }

    @Test
    void houseWallsThatThrowTheReceiverAboutCostNobodyACup() {
        CarScenario drive = CarScenario.from(12_000).to(2_300, 3); // Has left, and is too slow to be announced yet.

        drive.standing("1m");
        for (int i = 0; i < 5; i++) {
            drive.fix(CarScenario.at(2_300, 300), 8);
        }
        drive.to(0, 10);

        assertThat(drive.log()).matches("boot1-1 coming@[12].[0-9]km silence@0.1km");
    }

    @Test
    void aJumpOnTheWayDoesNotUpsetTheEstimate() {
        CarScenario drive = CarScenario.from(12_000).to(4_000, 15);

        for (int i = 0; i < 5; i++) {
            drive.fix(CarScenario.at(4_000, 400), 8);
        }
        drive.to(0, 15);

        assertThat(drive.etas()).containsExactly(600L, 30L); // Only the seconds it stood come on top, at the end.
    }

    @Test
    void afterALongFerryTheTripGoesOnAsUsual() {
        CarScenario drive = CarScenario.from(60_000)
                .standing("1m")
                .moveWithoutFixes(20_000, 10)
                .to(0, 20);

        assertThat(drive.log()).matches("boot1-1 coming@1[0-9.]+km silence@0.1km");
    }

    @Test
    void switchedOnInTheDriveItIsHomeAndNotComing() {
        CarScenario drive = CarScenario.from(30).standing("5m");

        assertThat(drive.log()).isEmpty();
        assertThat(drive.published(Presence.TOPIC)).containsExactly(Presence.HOME);
    }

    @Test
    void beforeTheFirstFixNothingIsSaidOfItsPlace() {
        CarScenario drive = CarScenario.from(0).withoutFixes("1h");

        assertThat(drive.published(Presence.TOPIC)).isEmpty();
        assertThat(drive.published(Distance.TOPIC)).isEmpty();
        assertThat(drive.published(CommonTopics.FAULT)).containsExactly("none", "gps-no-fix");
    }

    @Test
    void aRestartInMidTripGoesOnWithTheSameTrip() {
        CarScenario drive = CarScenario.from(9_000)
                .to(5_000, 15)
                .restarted()
                .withoutFixes("40s")
                .to(0, 15);

        assertThat(drive.log()).matches("boot1-1 coming@8.[0-9]km restart boot1-1 coming@4.[0-9]km silence@0.1km");
    }

    @Test
    void aRestartBetweenAnnouncingAndWritingMakesNoSecondTrip() {
        CarScenario drive = CarScenario.from(9_500).standing("10s").disk(false).to(5_000, 15);
        assertThat(drive.log()).contains("boot1-1 coming");

        drive.restarted().to(0, 15);

        assertThat(drive.log()).contains("restart boot1-1 coming").doesNotContain("boot2");
    }

    @Test
    void aRestartInsideTheOuterCircleDoesNotForgetThatItHasLeft() {
        CarScenario drive = CarScenario.from(12_000).to(2_200, 3).restarted().to(0, 12);

        assertThat(drive.log()).matches("restart boot1-1 coming@[12].[0-9]km silence@0.1km");
    }

    @Test
    void aTripThatWasOpenIsOverIfTheCarIsHomeAfterTheRestart() {
        CarScenario drive = CarScenario.from(9_000).to(500, 15).restarted();

        drive.moveWithoutFixes(0, 15).standing("1m").to(6_000, 15).to(0, 15);

        assertThat(drive.log()).matches("boot1-1 coming@8.[0-9]km restart boot2-1 coming@[45].[0-9]km silence@0.1km");
    }

    @Test
    void aTripThatWasOpenIsCalledOffIfTheCarIsElsewhereAfterTheRestart() {
        CarScenario drive = CarScenario.from(9_000).to(3_500, 15).restarted();

        drive.moveWithoutFixes(30_000, 60).to(26_000, 20).to(0, 20);

        assertThat(drive.log())
                .matches("boot1-1 coming@8.[0-9]km restart boot1-1 off@29.9km boot2-1 coming@11.9km silence@0.1km");
    }

    @Test
    void notesThatCannotBeTrustedAreAFaultUntilTheOwnerHasSeenIt() {
        CarScenario torn = CarScenario.from(30, new Boot("boot1", Map.of(), true));
        CarScenario foreign = CarScenario.from(30, new Boot("boot1", Map.of("stage", "coming", "trip", "a b"), false));

        assertThat(torn.published(CommonTopics.FAULT)).containsExactly("state-lost");
        assertThat(foreign.published(CommonTopics.FAULT)).containsExactly("state-lost");

        torn.reset();
        assertThat(torn.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aDiskThatFailsIsAFaultUntilItWorks() {
        CarScenario drive = CarScenario.from(30).standing("1m").report(new EffectReport.StorageFailed("disk full"));
        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("storage");

        drive.report(new EffectReport.StateSaved(Map.of("stage", "over")));

        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void withoutAGoodFixForAMinuteItSaysSo() {
        CarScenario drive = CarScenario.from(5_000).standing("10s");

        drive.withoutFixes("59s");
        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("none");
        drive.fix(CarScenario.at(5_000), 51);
        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("gps-no-fix");
        drive.fix(CarScenario.at(5_000), 50);
        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void itsMemoryIsWrittenAFewTimesATripOnly() {
        CarScenario drive = CarScenario.from(0);
        List<Map<String, String>> kept = new ArrayList<>();

        for (int metres = 0; metres < 10_000; metres += 100) {
            drive.to(metres, 15);
            note(kept, drive);
        }
        for (int metres = 10_000; metres >= 0; metres -= 100) {
            drive.to(metres, 15);
            note(kept, drive);
        }

        assertThat(kept).hasSizeLessThan(15).contains(Map.of("stage", "coming", "trip", "boot1-1", "within-km", "2"));
    }

    private static void note(List<Map<String, String>> kept, CarScenario drive) {
        Map<String, String> now = drive.story().savedState();
        if (kept.isEmpty() || !kept.get(kept.size() - 1).equals(now)) {
            kept.add(now);
        }
    }

    /** Where the wandering made it exactly does not matter. */
    private static String announcedAt(CarScenario drive) {
        String said = drive.log();
        return said.substring(said.indexOf('@') + 1, said.indexOf("km"));
    }
}
