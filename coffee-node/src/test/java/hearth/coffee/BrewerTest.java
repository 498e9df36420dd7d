package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewRequested;
import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.BrewingHoursChanged;
import hearth.coffee.CoffeeInput.CancelRequested;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.coffee.CoffeeInput.Reported;
import hearth.coffee.CoffeeInput.ResetRequested;
import hearth.common.core.Boot;
import hearth.common.core.EffectReport;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.testkit.ControllerScenario;
import hearth.testkit.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Scenarios of a coffee machine. */
class BrewerTest {

    @Test
    void theCupIsReadyAMinuteBeforeTheCarIsHome() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(10))).until("30m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@4m machine off@15m");
        assertThat(scenario.published(CoffeeTopics.PHASE))
                .containsExactly(Phase.IDLE, Phase.WAITING, Phase.BREWING, Phase.KEEPING_WARM, Phase.DONE, Phase.IDLE);
        assertThat(scenario.announced(Brewed.TOPIC))
                .containsExactly(new Brewed("trip-1", Cause.APPROACH, Duration.ofMinutes(6)));
    }

    @Test
    void aLateApproachStartsTheBrewAtOnce() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(2))).until("2m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m");
    }

    @Test
    void theAgeOfAnApproachCounts() {
        var scenario = scenario();

        scenario.at("1m", new Approaching(Approach.coming("trip-1", Duration.ofMinutes(10)), Duration.ofMinutes(2)));

        assertThat(scenario.until("10m").switchings()).isEqualTo("machine off@0s machine on@2m");
    }

    @Test
    void aNewEstimateMovesTheStartOfTheBrew() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(10)));
        scenario.at("3m", coming("trip-1", Duration.ofMinutes(20))).until("20m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@16m");
    }

    @Test
    void anApproachReceivedThreeTimesIsOneBrew() {
        var scenario = scenario();

        for (String time : new String[] {"1m", "1m1s", "8m", "17m", "40m", "2h"}) {
            scenario.at(time, coming("trip-1", Duration.ofMinutes(7)));
        }

        assertThat(scenario.until("3h").switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
    }

    @Test
    void aTripGetsNoSecondBrewAfterARestart() {
        var before = scenario();
        before.at("1m", coming("trip-1", Duration.ofMinutes(7))).until("20m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        after.at("1m", coming("trip-1", Duration.ofMinutes(7)));

        assertThat(after.until("2h").switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aBrewInterruptedByAPowerCutIsNotStartedAgain() {
        var before = scenario();
        before.at("1m", coming("trip-1", Duration.ofMinutes(7))).until("3m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        after.at("1s", coming("trip-1", Duration.ofMinutes(5)));

        assertThat(after.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.INTERRUPTED);
        assertThat(after.until("2h").switchings()).isEqualTo("machine off@0s");
        assertThat(after.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.IDLE);
    }

    @Test
    void afterARestartOnlyANewApproachIsExpected() {
        var before = scenario();
        before.at("1m", coming("trip-1", Duration.ofMinutes(20))).until("3m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        assertThat(after.until("1m").latest(CoffeeTopics.PHASE)).isEqualTo(Phase.IDLE);

        after.at("2m", coming("trip-1", Duration.ofMinutes(10))).until("6m");
        assertThat(after.isOn("machine")).isTrue();
    }

    @Test
    void noBrewStartsBeforeItsIdIsSaved() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a")).until("1m10s");
        assertThat(scenario.isOn("machine")).isFalse();

        scenario.at("1m11s", new Reported(new EffectReport.StateSaved(Map.of("unfinished", "c:a"))));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void aDiskThatFailsPreventsTheBrew() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a"))
                .at("1m1s", new Reported(new EffectReport.StorageFailed("disk full")))
                .until("20m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("storage");
        assertThat(scenario.announced(Result.TOPIC))
                .containsExactly(
                        new Result("brew/set", "a", Outcome.REJECTED, "the state could not be saved on the disk"));
    }

    @Test
    void aDiskThatDoesNotAnswerEndsTheBrewAfterATimeout() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a")).until("20m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s");
        assertThat(scenario.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.REJECTED);
    }

    @Test
    void theResultOfACommandFollowsWhenTheBrewIsReady() {
        var scenario = scenario();

        scenario.at("1m", brew("a")).until("6m59s");
        assertThat(scenario.announced(Result.TOPIC)).isEmpty();

        scenario.until("7m");
        assertThat(scenario.announced(Result.TOPIC)).containsExactly(new Result("brew/set", "a", Outcome.DONE, ""));
        assertThat(scenario.announced(Brewed.TOPIC)).extracting(Brewed::id).containsExactly("a");
    }

    @Test
    @Fault("E7")
    void aRepeatedCommandIsOneBrewAlsoAfterARestart() {
        var before = scenario();
        before.at("1m", brew("a")).at("1m1s", brew("a")).until("2h");
        before.at("2h", brew("a")).until("3h");
        assertThat(before.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        after.at("1h", brew("a")).until("2h");
        assertThat(after.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aCommandInterruptedByAPowerCutGetsItsResultAfterIt() {
        var before = scenario();
        before.at("1m", brew("a")).until("3m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));

        assertThat(after.announced(Result.TOPIC))
                .containsExactly(new Result("brew/set", "a", Outcome.REJECTED, "interrupted by a restart of the node"));
    }

    @Test
    void plainCommandsMakeOneBrewPerMinimumPause() {
        var scenario = scenario();

        scenario.at("1m", brew("")).at("1m1s", brew("")).at("13m", brew("")).until("21m");
        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
        assertThat(scenario.announced(Result.TOPIC))
                .extracting(Result::outcome)
                .containsExactly(Outcome.REJECTED, Outcome.DONE, Outcome.REJECTED);

        scenario.at("22m", brew("")).until("23m");
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void aPlainCommandDeliveredAgainAfterACrashIsRejectedByThePause() {
        var before = scenario();
        before.at("1m", brew("")).until("13m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        after.at("1s", brew("")).until("9m");

        assertThat(after.switchings()).isEqualTo("machine off@0s");
        assertThat(after.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.LOCKED);
    }

    @Test
    void aCancelledBrewStopsAtOnceAndPauses() {
        var scenario = scenario();

        scenario.at("1m", brew("a")).at("2m", cancel()).at("3m", brew("b")).until("5m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@2m");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.INTERRUPTED);
        assertThat(scenario.announced(Result.TOPIC))
                .extracting(Result::command, Result::outcome)
                .containsExactly(
                        tuple("brew/set", Outcome.SUPERSEDED),
                        tuple("cancel/set", Outcome.DONE),
                        tuple("brew/set", Outcome.REJECTED));
    }

    @Test
    void aCancelledTripIsNotExpectedAgain() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(10))).at("2m", cancel());
        scenario.at("3m", coming("trip-1", Duration.ofMinutes(8))).until("1h");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aCarThatTurnsAwayIsNotExpectedAnyMore() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(10)));
        scenario.at("2m", new Approaching(Approach.cancelled("trip-1"), Duration.ZERO));
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.IDLE);

        scenario.at("20m", coming("trip-2", Duration.ofMinutes(10))).until("24m");
        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@23m");
    }

    @Test
    void aCommandWhileACarIsExpectedServesItsTripToo() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(20))).at("2m", brew("a"));
        scenario.at("18m", coming("trip-1", Duration.ofMinutes(3))).until("1h");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@2m machine off@13m");
    }

    @Test
    void aCarThatDoesNotComeIsNotExpectedForEver() {
        var scenario = scenario(settings("coffee.cup.gpio = 5"), Boot.first("boot1"));

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(5))).until("10m");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("no-cup");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.WAITING);

        scenario.until("16m");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.IDLE);
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void theNumberOfBrewsPerDayIsLimited() {
        var scenario = scenario(settings("coffee.per-day = 2"), Boot.first("boot1"));

        scenario.at("0m", brew("a")).at("1h", brew("b")).at("2h", brew("c")).until("3h");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.LOCKED);
        assertThat(scenario.announced(Result.TOPIC).get(2).reason()).contains("coffee.per-day");

        scenario.until("24h");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.IDLE);

        var after = scenario(settings("coffee.per-day = 2"), new Boot("boot2", scenario.savedState(), false));
        after.at("20m", brew("d")).at("1h", brew("e")).until("2h");
        assertThat(after.switchings()).as("a restart does not raise the limit").isEqualTo("machine off@0s");
    }

    @Test
    void inQuietHoursNoBrewStarts() {
        var scenario = scenario(settings("coffee.quiet-hours = 22:00-06:00"), Boot.first("boot1"));

        scenario.at("1s", new BrewingHoursChanged(BrewingHours.QUIET)).at("2s", brew("a"));
        assertThat(scenario.isOn("machine")).isFalse();

        scenario.at("3s", new BrewingHoursChanged(BrewingHours.ALLOWED)).at("4s", brew("b"));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void withoutASynchronisedClockQuietHoursDoNotApplyAndThereIsAFault() {
        var scenario = scenario(settings("coffee.quiet-hours = 22:00-06:00"), Boot.first("boot1"));

        scenario.at("1s", new BrewingHoursChanged(BrewingHours.UNKNOWN)).at("2s", brew("a"));

        assertThat(scenario.isOn("machine")).isTrue();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("clock-unsynced");
    }

    @Test
    void withoutACupOrWaterNoBrewStarts() {
        var scenario = scenario(settings("coffee.cup.gpio = 5", "coffee.water.gpio = 6"), Boot.first("boot1"));

        scenario.at("1s", new InputsRead(false, true)).at("2s", brew("a"));
        scenario.at("3s", new InputsRead(true, false)).at("4s", brew("b"));
        assertThat(scenario.announced(Result.TOPIC))
                .extracting(Result::reason)
                .containsExactly("no cup: the cup contact is open", "no water: the water contact is open");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("no-water");

        scenario.at("5s", new InputsRead(true, true)).at("6s", brew("c"));
        assertThat(scenario.isOn("machine")).isTrue();
        scenario.at("7s", new InputsRead(false, true));
        assertThat(scenario.isOn("machine")).as("the cup was taken too early").isFalse();
    }

    @Test
    void takingTheCupEndsKeepWarm() {
        var scenario = scenario(settings("coffee.cup.gpio = 5"), Boot.first("boot1"));

        scenario.at("0s", new InputsRead(true, true)).at("1m", brew("a")).at("8m", new InputsRead(false, true));

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@8m");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.DONE);
    }

    @Test
    void aButtonMachineIsPressedForASecond() {
        var scenario = scenario(settings("coffee.kind = button"), Boot.first("boot1"));

        scenario.at("1m", brew("a")).until("20m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@1m1s");
        assertThat(scenario.published(CoffeeTopics.PHASE))
                .containsExactly(Phase.IDLE, Phase.WAITING, Phase.BREWING, Phase.DONE, Phase.IDLE);
    }

    @Test
    void aRelayThatDoesNotSwitchOnEndsTheBrew() {
        var scenario = scenario();

        scenario.at("1m", brew("a"))
                .at("1m", new Reported(new EffectReport.DriveFailed("machine", "line busy")))
                .until("1m30s");

        assertThat(scenario.isOn("machine")).isFalse();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("relay-machine");
        assertThat(scenario.until("3m").latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void withDamagedSavedStateATripThatMayHaveHadItsBrewGetsNone() {
        var scenario = scenario(settings(), new Boot("boot2", Map.of(), true));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("state-lost");

        scenario.at("1s", coming("trip-1", Duration.ofMinutes(7)));
        scenario.at("11m", coming("trip-1", Duration.ofMinutes(1))).until("2h");
        assertThat(scenario.switchings()).isEqualTo("machine off@0s");

        scenario.at("2h", new ResetRequested(new Command<>("reset/set", "", Press.PRESS, Instant.MAX)));
        scenario.at("2h", coming("trip-2", Duration.ofMinutes(7))).until("2h1m");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void manyTripsDoNotRemoveATripFromTheHistory() {
        var scenario = scenario();
        scenario.at("1m", coming("trip-1", Duration.ofMinutes(5))).until("13m");

        for (int i = 0; i < 300; i++) {
            scenario.at("13m", coming("flood-" + i, Duration.ofMinutes(60))).at("13m", cancel());
        }
        scenario.at("30m", coming("trip-1", Duration.ofMinutes(5))).until("2h");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
    }

    @Test
    void aBoardWithoutAClockKeepsTheDailyLimit() {
        var scenario = scenario();
        scenario.at("1m", brew("a")).until("20m");
        Map<String, String> entries = new TreeMap<>(scenario.savedState());
        entries.put("brews", "60 61 62 63 64 65");

        var after = scenario(settings(), new Boot("boot2", entries, false));
        after.at("1m", brew("b")).at("20m", brew("c")).until("1h");

        assertThat(after.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void anApproachDuringABrewIsServedAfterwards() {
        var scenario = scenario();

        scenario.at("1m", brew("a"))
                .at("5m", coming("trip-1", Duration.ofMinutes(40)))
                .until("1h");

        assertThat(scenario.switchings())
                .isEqualTo("machine off@0s machine on@1m machine off@12m machine on@38m machine off@49m");
    }

    @Test
    void aCommandThatWasRejectedStaysRejectedAfterARestart() {
        var before = scenario();
        before.at("1m", brew("a")).at("8m", brew("b")).until("30m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        after.at("20m", brew("b")).until("1h");

        assertThat(after.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void beforeTheFirstReadingMissingWaterIsNoFault() {
        var scenario = scenario(settings("coffee.water.gpio = 6"), Boot.first("boot1"));

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
        scenario.at("1s", brew("a"));
        assertThat(scenario.isOn("machine")).isFalse();
    }

    static ControllerScenario<CoffeeState, CoffeeInput> scenario() {
        return scenario(settings(), Boot.first("boot1"));
    }

    static ControllerScenario<CoffeeState, CoffeeInput> scenario(CoffeeSettings settings, Boot boot) {
        return ControllerScenario.of(new Brewer(settings), Reported::new, boot);
    }

    static CoffeeSettings settings(String... lines) {
        try {
            return Settings.of("test.conf", "coffee.gpio = 22\n" + String.join("\n", lines))
                    .check(CoffeeSettings::read);
        } catch (BadSettings e) {
            throw new AssertionError(e);
        }
    }

    static CoffeeInput coming(String trip, Duration eta) {
        return new Approaching(Approach.coming(trip, eta), Duration.ZERO);
    }

    static CoffeeInput brew(String id) {
        return new BrewRequested(new Command<>("brew/set", id, Press.PRESS, Instant.MAX));
    }

    static CoffeeInput cancel() {
        return cancel("");
    }

    static CoffeeInput cancel(String id) {
        return new CancelRequested(new Command<>("cancel/set", id, Press.PRESS, Instant.MAX));
    }
}
