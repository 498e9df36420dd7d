package hearth.coffee;

import static hearth.coffee.BrewerTest.brew;
import static hearth.coffee.BrewerTest.cancel;
import static hearth.coffee.BrewerTest.coming;
import static hearth.coffee.BrewerTest.settings;
import static hearth.coffee.BrewerTest.story;
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

/** Stories of a coffee machine at the edges: what comes too late, twice, for somebody else or at a bad moment. */
class BrewerEdgesTest {

    @Test
    void aCancelledTripOfAnotherCarChangesNothing() {
        var story = story();

        story.at("1m", coming("trip-1", Duration.ofMinutes(10)));
        story.at("2m", new Approaching(Approach.cancelled("trip-9"), Duration.ZERO))
                .until("5m");

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@4m");
    }

    @Test
    void anOldApproachDoesNotReplaceTheExpectedCar() {
        var story = story();

        story.at("1m", coming("trip-2", Duration.ofMinutes(10)));
        story.at("2m", new Approaching(Approach.coming("trip-1", Duration.ofMinutes(5)), Duration.ofMinutes(15)))
                .until("5m");

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@4m");
    }

    @Test
    void aMissingCupIsNoFaultBeforeTheBrewIsDue() {
        var story = story(settings("coffee.cup.gpio = 5"), Boot.first("boot1"));

        story.at("1s", new InputsRead(false, true)).at("1m", coming("trip-1", Duration.ofMinutes(10)));
        story.until("3m59s");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");

        story.until("4m");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("no-cup");
    }

    @Test
    void aCupInPlaceWhenTheBrewIsDueIsNoFault() {
        var story = story(settings("coffee.cup.gpio = 5"), Boot.first("boot1"));

        story.at("1s", new InputsRead(true, true)).at("1m", brew("a"));
        story.at("2m", coming("trip-1", Duration.ofMinutes(5))).until("6m");

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aCommandIsKnownByItsBrewAfterItsResultIsForgotten() {
        var before = story();
        before.at("1m", brew("a")).until("20m");
        for (int i = 0; i < 40; i++) {
            before.at("20m", cancel("c" + i));
        }

        var after = story(settings(), new Boot("boot2", before.savedState(), false));
        after.at("1h", brew("a")).until("2h");

        assertThat(after.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void theResultOfAPlainCommandHasNoIdAndItsBrewHasAnIdOfTheNode() {
        var story = story();

        story.at("1m", brew("")).at("30m", brew("")).until("1h");

        assertThat(story.announced(Result.TOPIC)).containsOnly(new Result("brew/set", "", Outcome.DONE, ""));
        assertThat(story.announced(Brewed.TOPIC))
                .extracting(Brewed::cause, Brewed::id)
                .doesNotHaveDuplicates()
                .containsExactly(tuple(Cause.PLAIN, "boot1-0"), tuple(Cause.PLAIN, "boot1-1"));
    }

    @Test
    void theResultOfAPlainCommandInterruptedByAPowerCutHasNoId() {
        var before = story();
        before.at("1m", brew("")).until("3m");

        var after = story(settings(), new Boot("boot2", before.savedState(), false));

        assertThat(after.announced(Result.TOPIC))
                .containsExactly(new Result("brew/set", "", Outcome.REJECTED, "interrupted by a restart of the node"));
    }

    @Test
    void aTripIsNoCommandAndGetsNoResult() {
        var story = story();
        story.at("1m", coming("trip-1", Duration.ofMinutes(5))).until("3m");
        var after = story(settings(), new Boot("boot2", story.savedState(), false));

        story.until("20m");

        assertThat(story.announced(Brewed.TOPIC)).hasSize(1);
        assertThat(story.announced(Result.TOPIC)).isEmpty();
        assertThat(after.announced(Result.TOPIC)).isEmpty();
    }

    @Test
    void aRepeatedCancelStopsOneBrew() {
        var story = story();

        story.at("1m", brew("a")).at("2m", cancel("c")).at("20m", brew("b")).at("21m", cancel("c"));

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@1m machine off@2m machine on@20m");
    }

    @Test
    void aCancelWithoutABrewIsDoneAndDeclinesNoTrip() {
        var story = story();

        story.at("1m", cancel());
        assertThat(story.published(CoffeeTopics.PHASE)).containsExactly(Phase.IDLE);
        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.DONE);

        story.at("1m1s", brew("a"));
        assertThat(story.isOn("machine")).isTrue();
    }

    @Test
    void manyCancelsWithoutABrewDoNotRemoveADeclinedTrip() {
        var story = story();

        story.at("1m", coming("trip-1", Duration.ofMinutes(30))).at("2m", cancel());
        for (int i = 0; i < 300; i++) {
            story.at("3m", cancel());
        }
        story.at("4m", coming("trip-1", Duration.ofMinutes(5))).until("1h");

        assertThat(story.switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aBrewCancelledBeforeTheRelayIsOnNeedsNoPause() {
        var story = story().disk(false);

        story.at("1m", brew("a")).at("1m1s", cancel()).disk(true).at("1m2s", brew("b"));

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@1m2s");
    }

    @Test
    void aCancelDuringKeepWarmLeavesTheBrewDone() {
        var story = story();

        story.at("1m", brew("a")).at("8m", cancel()).until("9m");

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@1m machine off@8m");
        assertThat(story.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.DONE);
        assertThat(story.announced(Result.TOPIC))
                .extracting(Result::command, Result::outcome)
                .containsExactly(tuple("brew/set", Outcome.DONE), tuple("cancel/set", Outcome.DONE));
    }

    @Test
    void withDamagedSavedStateItPausesAsAfterABrew() {
        var story = story(settings(), new Boot("boot2", Map.of(), true));

        story.at("9m", brew("a"));
        assertThat(story.latest(CoffeeTopics.PHASE)).isEqualTo(Phase.LOCKED);
        assertThat(story.isOn("machine")).isFalse();

        story.at("10m", brew("b"));
        assertThat(story.isOn("machine")).isTrue();
    }

    @Test
    void aLateResetClearsNothing() {
        var story = story(settings(), new Boot("boot2", Map.of(), true));

        story.at("1h", new ResetRequested(new Command<>("reset/set", "r", Press.PRESS, story.instant("1m"))));

        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.EXPIRED);
    }

    @Test
    void otherSavedChangesDuringABrewDoNotMakeItLonger() {
        var story = story();

        story.at("1m", brew("a")).at("3m", brew("b")).until("30m");

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
    }

    @Test
    void stateSavedBeforeTheCommandStartsNoBrew() {
        var story = story().disk(false);

        story.at("1m", brew("a")).at("1m1s", new Reported(new EffectReport.StateSaved(Map.of("unfinished", ""))));

        assertThat(story.until("1m20s").switchings()).isEqualTo("machine off@0s");
    }

    @Test
    void aDiskThatFailsEndsTheBrewAtOnce() {
        var story = story().disk(false);

        story.at("1m", brew("a")).at("1m1s", new Reported(new EffectReport.StorageFailed("disk full")));

        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.REJECTED);
    }

    @Test
    void aDiskThatFailsDuringABrewDoesNotStopIt() {
        var story = story();

        story.at("1m", brew("a"))
                .at("2m", new Reported(new EffectReport.StorageFailed("disk full")))
                .until("30m");

        assertThat(story.switchings()).isEqualTo("machine off@0s machine on@1m machine off@12m");
    }

    @Test
    void otherReportsDoNotEndTheWaitForTheDisk() {
        var story = story().disk(false);

        story.at("1m", brew("a"))
                .at("1m1s", new Reported(new EffectReport.Settled("result-7", true)))
                .at("1m2s", new Reported(new EffectReport.StateSaved(Map.of("unfinished", "c:a"))));

        assertThat(story.isOn("machine")).isTrue();
    }

    @Test
    void aRelayThatFailsWithoutABrewLeavesItIdle() {
        var story = story();

        story.at("1m", new Reported(new EffectReport.DriveFailed("machine", "line busy")));

        assertThat(story.published(CoffeeTopics.PHASE)).containsExactly(Phase.IDLE);
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void eachAnnouncementIsKeptUntilItIsSettled() {
        var story = story().broker(false);

        story.at("1m", brew("a")).until("8m").at("8m", new Reported(new EffectReport.Settled("result-0", true)));
        assertThat(story.last().effects().stream().filter(Effect.Announce.class::isInstance))
                .extracting(effect -> ((Effect.Announce<?>) effect).id())
                .containsExactly("brewed-c:a");

        story.at("8m1s", new Reported(new EffectReport.Settled("brewed-c:a", true)));
        assertThat(story.last().effects()).noneMatch(Effect.Announce.class::isInstance);
    }

    @Test
    void theDailyLimitCountsFromTheStartOfEachBrew() {
        var story = afterBrewAt("2029-12-31T01:00:00Z");

        story.at("59m", brew("a"));
        assertThat(story.isOn("machine")).isFalse();

        story.at("1h", brew("b"));
        assertThat(story.isOn("machine")).isTrue();
    }

    @Test
    void aBrewInTheFutureCountsAsJustNow() {
        var story = afterBrewAt("2031-01-01T00:00:00Z");

        story.at("23h", brew("a"));
        assertThat(story.isOn("machine")).isFalse();

        story.at("24h", brew("b"));
        assertThat(story.isOn("machine")).isTrue();
    }

    @Test
    void aBrewAtAnUnknownTimeCountsAsJustNow() {
        var story =
                story(settings("coffee.per-day = 1"), new Boot("boot2", Map.of("brews", "9999999999999999999"), false));

        story.at("23h", brew("a"));
        assertThat(story.isOn("machine")).isFalse();

        story.at("24h", brew("b"));
        assertThat(story.isOn("machine")).isTrue();
    }

    @Test
    void brewsOfTheDayBeforeAreNotSaved() {
        var story = story();

        story.at("1m", brew("a")).at("24h2m", brew("b"));

        assertThat(story.savedState().get("brews"))
                .isEqualTo(Long.toString(story.instant("24h2m").getEpochSecond()));
    }

    private static ControllerScenario<CoffeeState, CoffeeInput> afterBrewAt(String time) {
        String brews = Long.toString(Instant.parse(time).getEpochSecond());
        return story(settings("coffee.per-day = 1"), new Boot("boot2", Map.of("brews", brews), false));
    }
}
