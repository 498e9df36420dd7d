package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Command;
import hearth.common.message.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Commands and reports on a node whose own state is one level. */
final class NodeStateTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Lamp LAMP = new Lamp(0, CommonState.atBoot(Boot.first("boot1")));

    private record Lamp(int level, CommonState common) implements NodeState<Lamp> {

        @Override
        public Lamp with(CommonState other) {
            return new Lamp(level, other);
        }

        Lamp withLevel(int other) {
            return new Lamp(other, common);
        }
    }

    @Test
    void anAppliedCommandMakesItsChangeAndIsDone() {
        Lamp lamp = LAMP.apply(level("a1", 3), NOW, to(3));

        assertThat(lamp.level()).isEqualTo(3);
        assertThat(results(lamp)).containsExactly("level/set a1 DONE ");
    }

    @Test
    void aRepeatChangesNothingAndHasNoSecondResult() {
        Lamp lamp = LAMP.apply(level("a1", 3), NOW, to(3)).apply(level("a2", 4), NOW, to(4));

        assertThat(lamp.apply(level("a1", 3), NOW, to(3))).isEqualTo(lamp);
    }

    @Test
    void anIdUsedForAnotherCommandIsRejected() {
        Lamp lamp = LAMP.apply(level("a1", 3), NOW, to(3)).apply(level("a1", 4), NOW, to(4));

        assertThat(lamp.level()).isEqualTo(3);
        assertThat(results(lamp))
                .containsExactly(
                        "level/set a1 DONE ",
                        "level/set a1 REJECTED this id was already used for another"
                                + " command: use a new id for each command");
    }

    @Test
    void plainCommandsAreExecutedAsOftenAsTheyArrive() {
        Lamp lamp = LAMP.apply(level("", 3), NOW, to(3)).apply(level("", 3), NOW, state -> state.withLevel(9));

        assertThat(lamp.level()).isEqualTo(9);
        assertThat(results(lamp)).hasSize(2);
    }

    @Test
    void aCommandPastItsExpiryIsNotExecutedAndItsRepeatNeither() {
        Command<Integer> late = new Command<>("level/set", "a1", 3, NOW);

        Lamp lamp = LAMP.apply(late, NOW, to(3));

        assertThat(lamp.level()).isZero();
        assertThat(results(lamp)).singleElement().asString().startsWith("level/set a1 EXPIRED");
        assertThat(lamp.apply(level("a1", 3), NOW, to(3))).isEqualTo(lamp);
    }

    @Test
    void aRejectedCommandChangesNothingAndItsRepeatHasNoResult() {
        Lamp lamp = LAMP.reject(level("a1", 3), NOW, "the lamp is broken");

        assertThat(lamp.level()).isZero();
        assertThat(results(lamp)).containsExactly("level/set a1 REJECTED the lamp is broken");
        assertThat(lamp.reject(level("a1", 3), NOW, "the lamp is broken")).isEqualTo(lamp);
    }

    @Test
    void anAcceptedCommandIsRecognisedAndHasNoResultYet() {
        Lamp lamp = LAMP.accept(level("a1", 3), NOW, to(3));

        assertThat(lamp.level()).isEqualTo(3);
        assertThat(results(lamp)).isEmpty();
        assertThat(lamp.accept(level("a1", 3), NOW, to(9))).isEqualTo(lamp);
    }

    @Test
    void aChangeMayAddResultsBeforeThatOfItsOwnCommand() {
        Lamp lamp = LAMP.apply(
                level("a1", 0),
                NOW,
                state -> state.with(state.common()
                        .withResult("level/set", "a0", Result.Outcome.SUPERSEDED, "the lamp was switched off", NOW)));

        assertThat(results(lamp))
                .containsExactly("level/set a0 SUPERSEDED the lamp was switched off", "level/set a1 DONE ");
    }

    @Test
    void aResetClearsLostStateAndTheFaultsOfTheNode() {
        Lamp lost = new Lamp(3, CommonState.atBoot(new Boot("boot2", Map.of(), true)));

        Lamp lamp = lost.reset(level("a1", 1), NOW, to(0));

        assertThat(lamp.level()).isZero();
        assertThat(lamp.common().faults()).isEmpty();
        assertThat(results(lamp)).containsExactly("level/set a1 DONE ");
    }

    @Test
    void anExpiredResetClearsNothing() {
        Lamp lost = new Lamp(3, CommonState.atBoot(new Boot("boot2", Map.of(), true)));

        Lamp lamp = lost.reset(new Command<>("reset/set", "", 1, NOW), NOW, to(0));

        assertThat(lamp.level()).isEqualTo(3);
        assertThat(lamp.common().faults()).containsExactly("state-lost");
    }

    @Test
    void aReportSettlesAResult() {
        Lamp lamp = LAMP.apply(level("a1", 3), NOW, to(3));

        assertThat(results(lamp.after(new EffectReport.Settled("result-0", true))))
                .isEmpty();
    }

    private static Command<Integer> level(String id, int level) {
        return new Command<>("level/set", id, level, NOW.plusSeconds(60));
    }

    private static UnaryOperator<Lamp> to(int level) {
        return state -> state.withLevel(level);
    }

    private static List<String> results(Lamp lamp) {
        return lamp.common().pendingResults().stream()
                .map(Effect.Announce::message)
                .map(result -> result.command() + " " + result.id() + " " + result.outcome() + " " + result.reason())
                .toList();
    }
}
