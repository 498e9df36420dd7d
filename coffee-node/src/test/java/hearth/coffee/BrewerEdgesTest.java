package hearth.coffee;

import static hearth.coffee.BrewerTest.brew;
import static hearth.coffee.BrewerTest.cancel;
import static hearth.coffee.BrewerTest.coming;
import static hearth.coffee.BrewerTest.scenario;
import static hearth.coffee.BrewerTest.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.coffee.CoffeeInput.Reported;
import hearth.coffee.CoffeeInput.ResetRequested;
import hearth.common.core.Boot;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.testkit.ControllerScenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scenarios of a coffee machine at the limits: input that is late, repeated, for another node or at a bad time. */
class BrewerEdgesTest {

    @Test
    void aCancelledTripOfAnotherCarChangesNothing() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(10)));
        scenario.at("2m", new Approaching(Approach.cancelled("trip-9"), Duration.ZERO))
                .until("5m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@4m");
    }

    @Test
    void anOldApproachDoesNotReplaceTheExpectedCar() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-2", Duration.ofMinutes(10)));
        scenario.at("2m", new Approaching(Approach.coming("trip-1", Duration.ofMinutes(5)), Duration.ofMinutes(15)))
                .until("5m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@4m");
    }

    @Test
    void aMissingCupIsNoFaultBeforeTheBrewIsDue() {
        var scenario = scenario(settings("coffee.cup.gpio = 5"), Boot.first("boot1"));

        scenario.at("1s", new InputsRead(false, true)).at("1m", coming("trip-1", Duration.ofMinutes(10)));
        scenario.until("3m59s");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");

        scenario.until("4m");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("no-cup");
    }

    @Test
    void aCupInPlaceWhenTheBrewIsDueIsNoFault() {
        var scenario = scenario(settings("coffee.cup.gpio = 5"), Boot.first("boot1"));

        scenario.at("1s", new InputsRead(true, true)).at("1m", brew("a"));
        scenario.at("2m", coming("trip-1", Duration.ofMinutes(5))).until("6m");

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aCommandIsKnownByItsBrewAfterItsResultIsForgotten() {
        var before = scenario();
        before.at("1m", brew("a")).until("20m");
        for (int i = 0; i < 40; i++) {
            before.at("20m", cancel("c" + i));
        }

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));
        after.at("1h", brew("a")).until("2h");

        assertThat(after.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void theResultOfAPlainCommandHasNoIdAndItsBrewHasAnIdOfTheNode() {
        var scenario = scenario();

        scenario.at("1m", brew("")).at("30m", brew("")).until("1h");

        assertThat(scenario.announced(Result.TOPIC)).containsOnly(new Result("brew/set", "", Outcome.DONE, ""));
        assertThat(scenario.announced(Brewed.TOPIC))
                .extracting(Brewed::cause, Brewed::id)
                .doesNotHaveDuplicates()
                .containsExactly(tuple(Cause.PLAIN, "boot1-0"), tuple(Cause.PLAIN, "boot1-1"));
    }

    @Test
    void theResultOfAPlainCommandInterruptedByAPowerCutHasNoId() {
        var before = scenario();
        before.at("1m", brew("")).until("3m");

        var after = scenario(settings(), new Boot("boot2", before.savedState(), false));

        assertThat(after.announced(Result.TOPIC))
                .containsExactly(new Result("brew/set", "", Outcome.REJECTED, "interrupted by a restart of the node"));
    }

    @Test
    void aTripIsNoCommandAndGetsNoResult() {
        var scenario = scenario();
        scenario.at("1m", coming("trip-1", Duration.ofMinutes(5))).until("3m");
        var after = scenario(settings(), new Boot("boot2", scenario.savedState(), false));

        scenario.until("20m");

        assertThat(scenario.announced(Brewed.TOPIC)).hasSize(1);
        assertThat(scenario.announced(Result.TOPIC)).isEmpty();
        assertThat(after.announced(Result.TOPIC)).isEmpty();
    }

    @Test
    void aRepeatedCancelStopsOneBrew() {
        var scenario = scenario();

        scenario.at("1m", brew("a")).at("2m", cancel("c")).at("20m", brew("b")).at("21m", cancel("c"));

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@2m machine on@20m");
    }

    @Test
    void aCancelWithoutABrewIsDoneAndDeclinesNoTrip() {
        var scenario = scenario();

        scenario.at("1m", cancel());
        assertThat(scenario.published(CoffeeTopics.PHASE)).containsExactly(Phase.IDLE);
        assertThat(scenario.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.DONE);

        scenario.at("1m1s", brew("a"));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void manyCancelsWithoutABrewDoNotRemoveADeclinedTrip() {
        var scenario = scenario();

        scenario.at("1m", coming("trip-1", Duration.ofMinutes(30))).at("2m", cancel());
        for (int i = 0; i < 300; i++) {
            scenario.at("3m", cancel());
        }
        scenario.at("4m", coming("trip-1", Duration.ofMinutes(5))).until("1h");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aBrewCancelledBeforeTheRelayIsOnNeedsNoPause() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a")).at("1m1s", cancel()).disk(true).at("1m2s", brew("b"));

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m2s");
    }

    @Test
    void aCancelDuringKeepWarmLeavesTheBrewDone() {
        var scenario = scenario();

        scenario.at("1m", brew("a")).at("8m", cancel()).until("9m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@8m");
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.DONE);
        assertThat(scenario.announced(Result.TOPIC))
                .extracting(Result::command, Result::outcome)
                .containsExactly(tuple("brew/set", Outcome.DONE), tuple("cancel/set", Outcome.DONE));
    }

    @Test
    void withDamagedSavedStateItPausesAsAfterABrew() {
        var scenario = scenario(settings(), new Boot("boot2", Map.of(), true));

        scenario.at("9m", brew("a"));
        assertThat(scenario.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.LOCKED);
        assertThat(scenario.isOn("machine")).isFalse();

        scenario.at("10m", brew("b"));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void aLateResetClearsNothing() {
        var scenario = scenario(settings(), new Boot("boot2", Map.of(), true));

        scenario.at("1h", new ResetRequested(new Command<>("reset/set", "r", Press.PRESS, scenario.instant("1m"))));

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
        assertThat(scenario.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.EXPIRED);
    }

    @Test
    void otherSavedChangesDuringABrewDoNotMakeItLonger() {
        var scenario = scenario();

        scenario.at("1m", brew("a")).at("3m", brew("b")).until("30m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
    }

    @Test
    void stateSavedBeforeTheCommandStartsNoBrew() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a")).at("1m1s", new Reported(new EffectReport.StateSaved(Map.of("unfinished", ""))));

        assertThat(scenario.until("1m20s").switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aDiskThatFailsEndsTheBrewAtOnce() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a")).at("1m1s", new Reported(new EffectReport.StorageFailed("disk full")));

        assertThat(scenario.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.REJECTED);
    }

    @Test
    void aDiskThatFailsDuringABrewDoesNotStopIt() {
        var scenario = scenario();

        scenario.at("1m", brew("a"))
                .at("2m", new Reported(new EffectReport.StorageFailed("disk full")))
                .until("30m");

        assertThat(scenario.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
    }

    @Test
    void otherReportsDoNotEndTheWaitForTheDisk() {
        var scenario = scenario().disk(false);

        scenario.at("1m", brew("a"))
                .at("1m1s", new Reported(new EffectReport.Settled("result-7", true)))
                .at("1m2s", new Reported(new EffectReport.StateSaved(Map.of("unfinished", "c:a"))));

        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void aRelayThatFailsWithoutABrewLeavesItIdle() {
        var scenario = scenario();

        scenario.at("1m", new Reported(new EffectReport.DriveFailed("machine", "line busy")));

        assertThat(scenario.published(CoffeeTopics.PHASE)).containsExactly(Phase.IDLE);
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void eachAnnouncementIsKeptUntilItIsSettled() {
        var scenario = scenario().broker(false);

        scenario.at("1m", brew("a")).until("8m").at("8m", new Reported(new EffectReport.Settled("result-0", true)));
        assertThat(scenario.last().effects().stream().filter(Effect.Announce.class::isInstance))
                .extracting(effect -> ((Effect.Announce<?>) effect).id())
                .containsExactly("brewed-c:a");

        scenario.at("8m1s", new Reported(new EffectReport.Settled("brewed-c:a", true)));
        assertThat(scenario.last().effects()).noneMatch(Effect.Announce.class::isInstance);
    }

    @Test
    void theDailyLimitCountsFromTheStartOfEachBrew() {
        var scenario = afterBrewAt("2029-12-31T01:00:00Z");

        scenario.at("59m", brew("a"));
        assertThat(scenario.isOn("machine")).isFalse();

        scenario.at("1h", brew("b"));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void aBrewInTheFutureCountsAsJustNow() {
        var scenario = afterBrewAt("2031-01-01T00:00:00Z");

        scenario.at("23h", brew("a"));
        assertThat(scenario.isOn("machine")).isFalse();

        scenario.at("24h", brew("b"));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void aBrewAtAnUnknownTimeCountsAsJustNow() {
        Boot boot = new Boot("boot2", Map.of("brews", "9999999999999999999"), false);
        var scenario = scenario(settings("coffee.per-day = 1"), boot);

        scenario.at("23h", brew("a"));
        assertThat(scenario.isOn("machine")).isFalse();

        scenario.at("24h", brew("b"));
        assertThat(scenario.isOn("machine")).isTrue();
    }

    @Test
    void brewsOfTheDayBeforeAreNotSaved() {
        var scenario = scenario();

        scenario.at("1m", brew("a")).at("24h2m", brew("b"));

        assertThat(scenario.savedState().get("brews"))
                .isEqualTo(Long.toString(scenario.instant("24h2m").getEpochSecond()));
    }

    private static ControllerScenario<CoffeeState, CoffeeInput> afterBrewAt(String time) {
        String brews = Long.toString(Instant.parse(time).getEpochSecond());
        return scenario(settings("coffee.per-day = 1"), new Boot("boot2", Map.of("brews", brews), false));
    }
}
