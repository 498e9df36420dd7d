package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.Report;
import hearth.common.message.Common;
import hearth.common.value.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApproachDetectorTest {

    @Test
    void aDriveHomeIsAnnouncedOnceTenMinutesBeforeItEnds() {
        Drive drive = Drive.from(20_000).to(0, 20);

        assertThat(drive.said()).isEqualTo("boot1-1 coming@11.9km silence@0.1km");
        assertThat(drive.etas()).containsExactly(600L);
        assertThat(drive.all(Presence.TOPIC)).containsExactly(Presence.AWAY, Presence.APPROACHING, Presence.HOME);
    }

    @Test
    void aSlowCarIsAnnouncedWhenItIsWithinTheInnerCircle() {
        Drive drive = Drive.from(3_000).to(1_000, 2);

        assertThat(drive.said()).isEqualTo("boot1-1 coming@1.5km");
    }

    @Test
    void aSlowStartIsAnnouncedOnceItWouldBeHomeInTime() {
        Drive drive = Drive.from(8_000).standing("10m").to(7_500, 3);
        assertThat(drive.said()).isEmpty();

        drive.to(7_000, 8).to(0, 16);

        assertThat(drive.said()).startsWith("boot1-1 coming@6.").endsWith("km silence@0.1km");
        assertThat(drive.etas().get(0)).isLessThanOrEqualTo(600);
    }

    @Test
    void aCarParkedOnTheOuterCircleUnderAWanderingGpsIsNotAnnounced() {
        Drive drive = Drive.from(2_500).wandering(40).standing("3h");

        assertThat(drive.said()).isEmpty();
    }

    @Test
    void aCarParkedOnTheInnerCircleUnderAWanderingGpsIsAnnouncedOnce() {
        Drive drive =
                Drive.from(5_000).wandering(40).to(1_500, 12).standing("3h").to(0, 8);

        assertThat(drive.said()).isEqualTo("boot1-1 coming@5.0km silence@0.1km".replace("5.0", announcedAt(drive)));
    }

    @Test
    void aCarParkedOnTheOuterCircleOnItsWayHomeIsAnnouncedOnce() {
        Drive drive =
                Drive.from(9_000).wandering(40).to(2_450, 12).standing("3h").to(0, 8);

        assertThat(drive.said()).isEqualTo("boot1-1 coming@7.0km silence@0.1km".replace("7.0", announcedAt(drive)));
    }

    @Test
    void aCarParkedAtHomeUnderAWanderingGpsStaysHome() {
        Drive drive = Drive.from(20).wandering(45).standing("3h");

        assertThat(drive.all(Presence.TOPIC)).containsExactly(Presence.HOME);
        assertThat(drive.all(Distance.TOPIC)).containsExactly(new Distance(0));
        assertThat(drive.said()).isEmpty();
    }

    @Test
    void passingByIsCalledOff() {
        Drive drive = Drive.from(-9_000);

        for (int east = -9_000; east <= 9_000; east += 20) { // Along a road 1.2 km north of home.
            drive.fix(Drive.at(1_200, east), 8);
        }

        drive.unheard("1h");
        assertThat(drive.said()).containsSubsequence("boot1-1 coming", "boot1-1 off", "silence");
        assertThat(drive.said()).doesNotContain("boot1-2");
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void aDetourIsOneTripThatTakesLonger() {
        Drive drive = Drive.from(8_000).to(4_000, 15);
        long before = drive.secondsLeft();

        drive.to(4_800, 15);

        assertThat(drive.secondsLeft()).isGreaterThan(before + 60);
        drive.to(0, 15);
        assertThat(drive.said()).matches("boot1-1 coming@[78].[0-9]km silence@0.1km");
    }

    @Test
    void turningAwayCallsTheTripOff() {
        Drive drive = Drive.from(8_000).to(2_000, 15).to(4_000, 15);

        assertThat(drive.said()).matches("boot1-1 coming@[78].[0-9]km boot1-1 off@[23].[0-9]km");
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.AWAY);
    }

    @Test
    void aTripCalledOffIsToldUntilNobodyCanBeWaitingForIt() {
        Drive drive = Drive.from(8_000).to(2_000, 15).to(12_000, 15);

        assertThat(drive.said()).contains("boot1-1 off@").doesNotContain("silence");
        drive.standing("20m");
        assertThat(drive.said()).endsWith("silence@12.0km");
    }

    @Test
    void returningTwiceMakesTwoTrips() {
        Drive drive = Drive.from(0)
                .to(6_000, 15)
                .to(0, 15)
                .standing("20m")
                .to(6_000, 15)
                .to(0, 15);

        assertThat(drive.said())
                .matches("boot1-1 coming@[45].[0-9]km silence@0.1km boot1-2 coming@[45].[0-9]km silence@0.1km");
    }

    @Test
    void aWalkRoundTheBlockIsNoTrip() {
        Drive drive = Drive.from(0).to(2_400, 12).to(0, 12).to(1_600, 12).to(0, 12);

        assertThat(drive.said()).isEmpty();
        assertThat(drive.all(Presence.TOPIC))
                .containsExactly(Presence.HOME, Presence.AWAY, Presence.HOME, Presence.AWAY, Presence.HOME);
    }

    @Test
    void turningBackHomeAfterTurningAwayInsideTheOuterCircleIsNotAnnouncedAgain() {
        Drive drive = Drive.from(8_000).to(500, 15).to(2_300, 8).to(0, 8);

        assertThat(drive.said()).containsOnlyOnce("coming").contains("boot1-1 off");
    }

    @Test
    void aTunnelOfTwoMinutesChangesNothing() {
        Drive drive = Drive.from(9_000).to(6_000, 15).unheardTo(4_200, 15);
        assertThat(drive.says(Common.FAULT)).isEqualTo("gps-no-fix");

        drive.to(0, 15);

        assertThat(drive.says(Common.FAULT)).isEqualTo("none");
        assertThat(drive.said()).matches("boot1-1 coming@8.[0-9]km silence@0.1km");
    }

    @Test
    void aTunnelFromAwayToTheInnerCircleDelaysTheAnnouncementOnly() {
        Drive drive = Drive.from(20_000).to(13_000, 20).unheardTo(1_200, 20).to(0, 10);

        assertThat(drive.said()).matches("boot1-1 coming@(1.0|0.9)km silence@0.1km");
    }

    @Test
    void aCarThatFallsSilentIsExpectedWhenItSaidAndNoLonger() {
        Drive drive = Drive.from(9_000).to(3_000, 15).unheardTo(400, 15).unheard("20m");

        assertThat(drive.said()).matches("boot1-1 coming@8.[0-9]km silence@0.4km");
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.AWAY);
        drive.to(2_400, 10);
        assertThat(drive.said()).containsOnlyOnce("coming"); // Next morning, out of a garage without reception.
    }

    @Test
    void aTrafficJamMakesTheEstimateGrowAndKeepsTheTripAlive() {
        Drive drive = Drive.from(12_000).to(3_000, 20);
        assertThat(drive.secondsLeft()).isBetween(120L, 180L);

        drive.standing("5m");
        assertThat(drive.secondsLeft()).isBetween(900L, 1_300L);

        drive.standing("2h");
        assertThat(drive.secondsLeft()).isBetween(900L, 1_300L);
        drive.to(0, 10);
        assertThat(drive.said()).isEqualTo("boot1-1 coming@11.7km silence@0.1km".replace("11.7", announcedAt(drive)));
    }

    @Test
    void aCarThatCreepsTheLastMetresIsComingAllTheWay() {
        Drive drive = Drive.from(8_000).to(1_000, 20).to(151, 0.5);
        assertThat(drive.said()).matches("boot1-1 coming@[0-9.]+km");

        drive.to(0, 0.5);

        assertThat(drive.said()).endsWith("silence@0.1km");
    }

    @Test
    void trafficLightsDoNotFloodTheHouseWithEstimates() {
        Drive drive = Drive.from(12_000);

        for (int metres = 11_500; metres >= 0; metres -= 500) {
            drive.to(metres, 14).standing("20s");
        }

        assertThat(drive.etas()).hasSizeLessThan(15);
        assertThat(drive.said()).matches("boot1-1 coming@[0-9.]+km silence@0.1km");
    }

    @Test
    void fixesThatAreTooBadDoNotTrigger() {
        Drive drive = Drive.from(0).to(3_000, 15).standing("3m");

        for (int metres = 3_000; metres > 200; metres -= 15) {
            drive.fix(Drive.at(metres), metres % 2 == 0 ? 51 : Double.POSITIVE_INFINITY);
            drive.fix(Drive.at(metres), metres % 2 == 0 ? Double.NaN : -1);
        }

        assertThat(drive.said()).isEmpty();
    }

    @Test
    void fixesThatAreTooBadDoNotArm() {
        Drive drive = Drive.from(0).to(2_000, 15);

        for (int metres = 2_000; metres < 8_000; metres += 15) {
            drive.fix(Drive.at(metres), 60);
        }
        drive.unheard("10m").fix(new Position(0, 0), 5).to(0, 15);

        assertThat(drive.said()).isEmpty();
        assertThat(drive.all(Distance.TOPIC)).doesNotContain(new Distance(3));
    }

    @Test
    void aJumpHomeAndBackDoesNotTrigger() {
        Drive drive = Drive.from(12_000).standing("3m");

        for (int i = 0; i < 20; i++) {
            drive.fix(Drive.at(1_000), 5).fix(Drive.at(900), 5).standing("30s");
        }

        assertThat(drive.said()).isEmpty();
        assertThat(drive.says(Presence.TOPIC)).isEqualTo(Presence.AWAY);
        assertThat(drive.all(Distance.TOPIC)).containsExactly(new Distance(12));
    }

    @Test
    void aJumpAwayAndBackDoesNotArm() {
        Drive drive = Drive.from(1_000).standing("3m");

        drive.fix(Drive.at(400_000), 5).fix(Drive.at(400_000), 5).standing("1m");
        for (int i = 0; i < 5; i++) { // Believed for want of anything better, until the receiver comes to its senses.
            drive.fix(Drive.at(400_000), 5);
        }
        drive.to(160, 10);

        assertThat(drive.said()).isEmpty();
    }

    @Test
    void aCarThatWasCarriedIsBelievedAndNotAnnouncedForIt() {
        Drive drive = Drive.from(90_000).standing("3m"); // A ferry whose hold let one fix through at the wrong end.

        drive.unheard("1m");
        for (int metres = 1_400; metres > 1_000; metres -= 10) {
            drive.fix(Drive.at(metres), 5);
        }

        assertThat(drive.said()).isEmpty();
        assertThat(drive.says(Distance.TOPIC)).isEqualTo(new Distance(1));
    }

    @Test
    void houseWallsThatThrowTheReceiverAboutCostNobodyACup() {
        Drive drive = Drive.from(12_000).to(2_300, 3); // Has left, and is too slow to be announced yet.

        drive.standing("1m");
        for (int i = 0; i < 5; i++) {
            drive.fix(Drive.at(2_300, 300), 8);
        }
        drive.to(0, 10);

        assertThat(drive.said()).matches("boot1-1 coming@[12].[0-9]km silence@0.1km");
    }

    @Test
    void aJumpOnTheWayDoesNotUpsetTheEstimate() {
        Drive drive = Drive.from(12_000).to(4_000, 15);

        for (int i = 0; i < 5; i++) {
            drive.fix(Drive.at(4_000, 400), 8);
        }
        drive.to(0, 15);

        assertThat(drive.etas()).containsExactly(600L, 30L); // Only the seconds it stood come on top, at the end.
    }

    @Test
    void afterALongFerryTheTripGoesOnAsUsual() {
        Drive drive = Drive.from(60_000).standing("1m").unheardTo(20_000, 10).to(0, 20);

        assertThat(drive.said()).matches("boot1-1 coming@1[0-9.]+km silence@0.1km");
    }

    @Test
    void switchedOnInTheDriveItIsHomeAndNotComing() {
        Drive drive = Drive.from(30).standing("5m");

        assertThat(drive.said()).isEmpty();
        assertThat(drive.all(Presence.TOPIC)).containsExactly(Presence.HOME);
    }

    @Test
    void beforeTheFirstFixNothingIsSaidOfItsPlace() {
        Drive drive = Drive.from(0).unheard("1h");

        assertThat(drive.all(Presence.TOPIC)).isEmpty();
        assertThat(drive.all(Distance.TOPIC)).isEmpty();
        assertThat(drive.all(Common.FAULT)).containsExactly("none", "gps-no-fix");
    }

    @Test
    void aRestartInMidTripGoesOnWithTheSameTrip() {
        Drive drive = Drive.from(9_000).to(5_000, 15).restarted().unheard("40s").to(0, 15);

        assertThat(drive.said()).matches("boot1-1 coming@8.[0-9]km restart boot1-1 coming@4.[0-9]km silence@0.1km");
    }

    @Test
    void aRestartBetweenAnnouncingAndWritingMakesNoSecondTrip() {
        Drive drive = Drive.from(9_500).standing("10s").disk(false).to(5_000, 15);
        assertThat(drive.said()).contains("boot1-1 coming");

        drive.restarted().to(0, 15);

        assertThat(drive.said()).contains("restart boot1-1 coming").doesNotContain("boot2");
    }

    @Test
    void aRestartInsideTheOuterCircleDoesNotForgetThatItHasLeft() {
        Drive drive = Drive.from(12_000).to(2_200, 3).restarted().to(0, 12);

        assertThat(drive.said()).matches("restart boot1-1 coming@[12].[0-9]km silence@0.1km");
    }

    @Test
    void aTripThatWasOpenIsOverIfTheCarIsHomeAfterTheRestart() {
        Drive drive = Drive.from(9_000).to(500, 15).restarted();

        drive.unheardTo(0, 15).standing("1m").to(6_000, 15).to(0, 15);

        assertThat(drive.said()).matches("boot1-1 coming@8.[0-9]km restart boot2-1 coming@[45].[0-9]km silence@0.1km");
    }

    @Test
    void aTripThatWasOpenIsCalledOffIfTheCarIsElsewhereAfterTheRestart() {
        Drive drive = Drive.from(9_000).to(3_500, 15).restarted();

        drive.unheardTo(30_000, 60).to(26_000, 20).to(0, 20);

        assertThat(drive.said())
                .matches("boot1-1 coming@8.[0-9]km restart boot1-1 off@29.9km boot2-1 coming@11.9km silence@0.1km");
    }

    @Test
    void notesThatCannotBeTrustedAreAFaultUntilTheOwnerHasSeenIt() {
        Drive torn = Drive.from(30, new Boot("boot1", Map.of(), true));
        Drive foreign = Drive.from(30, new Boot("boot1", Map.of("stage", "coming", "trip", "a b"), false));

        assertThat(torn.all(Common.FAULT)).containsExactly("state-lost");
        assertThat(foreign.all(Common.FAULT)).containsExactly("state-lost");

        torn.reset();
        assertThat(torn.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void aDiskThatFailsIsAFaultUntilItWorks() {
        Drive drive = Drive.from(30).standing("1m").told(new Report.StorageFailed("disk full"));
        assertThat(drive.says(Common.FAULT)).isEqualTo("storage");

        drive.told(new Report.OnDisk(Map.of("stage", "over")));

        assertThat(drive.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void withoutAGoodFixForAMinuteItSaysSo() {
        Drive drive = Drive.from(5_000).standing("10s");

        drive.unheard("59s");
        assertThat(drive.says(Common.FAULT)).isEqualTo("none");
        drive.fix(Drive.at(5_000), 51);
        assertThat(drive.says(Common.FAULT)).isEqualTo("gps-no-fix");
        drive.fix(Drive.at(5_000), 50);
        assertThat(drive.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void itsMemoryIsWrittenAFewTimesATripOnly() {
        Drive drive = Drive.from(0);
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

    private static void note(List<Map<String, String>> kept, Drive drive) {
        Map<String, String> now = drive.story().remembered();
        if (kept.isEmpty() || !kept.get(kept.size() - 1).equals(now)) {
            kept.add(now);
        }
    }

    /** Where the wandering made it exactly does not matter. */
    private static String announcedAt(Drive drive) {
        String said = drive.said();
        return said.substring(said.indexOf('@') + 1, said.indexOf("km"));
    }
}
