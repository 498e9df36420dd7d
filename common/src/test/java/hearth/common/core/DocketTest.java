package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Command;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DocketTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);

    @Test
    void aNewCommandMayAct() {
        assertThat(Docket.EMPTY.turnedAway(command("a1", 21), NOW)).isEmpty();
    }

    @Test
    void aRepeatActsNoMoreAndIsNotAnsweredTwice() {
        Docket docket = Docket.EMPTY.with(command("a1", 21)).answered(command("a1", 21), Outcome.DONE, "", NOW);

        assertThat(docket.turnedAway(command("a1", 21), NOW)).contains(docket);
    }

    @Test
    void aRepeatOfOneThatIsTooLateByNowIsStillARepeat() {
        Docket docket = Docket.EMPTY.with(command("a1", 21));

        assertThat(docket.turnedAway(command("a1", 21), SOON.plusSeconds(1))).contains(docket);
    }

    @Test
    void anIdThatIsUsedForSomethingElseIsRejected() {
        Docket docket = Docket.EMPTY.with(command("a1", 21));

        Docket after = docket.turnedAway(command("a1", 22), NOW).orElseThrow();

        assertThat(after.seen()).isEqualTo(docket.seen());
        assertThat(answers(after)).containsExactly("a1 REJECTED this id was used for another command");
    }

    @Test
    void theSameIdOnAnotherTopicIsSomethingElse() {
        Docket docket = Docket.EMPTY.with(command("a1", 21));
        Command<Integer> other = new Command<>("mode/set", "a1", 21, SOON);

        assertThat(answers(docket.turnedAway(other, NOW).orElseThrow())).hasSize(1);
    }

    @Test
    void oneThatComesTooLateExpiresAndItsIdIsKnown() {
        Docket after = Docket.EMPTY.turnedAway(command("a1", 21), SOON).orElseThrow();

        assertThat(answers(after)).containsExactly("a1 EXPIRED it came too late");
        assertThat(after.turnedAway(command("a1", 21), NOW)).contains(after);
    }

    @Test
    void plainCommandsActEachTime() {
        Docket docket = Docket.EMPTY.with(command("", 21));

        assertThat(docket).isEqualTo(Docket.EMPTY);
        assertThat(docket.turnedAway(command("", 21), NOW)).isEmpty();
    }

    @Test
    void aPlainCommandThatComesTooLateExpiresToo() {
        Docket after = Docket.EMPTY.turnedAway(command("", 21), SOON).orElseThrow();

        assertThat(answers(after)).containsExactly(" EXPIRED it came too late");
        assertThat(after.seen()).isEmpty();
    }

    @Test
    void anAnswerStaysOwedUntilItIsSettledAndLivesAMinute() {
        Docket docket = Docket.EMPTY
                .answered(command("a1", 21), Outcome.DONE, "", NOW)
                .answered(command("a2", 22), Outcome.REJECTED, "too warm", NOW);
        assertThat(docket.owed()).extracting(Effect.Announce::until).containsOnly(SOON);

        Docket after = docket.settled(docket.owed().get(0).id());

        assertThat(answers(after)).containsExactly("a2 REJECTED too warm");
        assertThat(after.settled("brewed-7")).isEqualTo(after);
    }

    @Test
    void noTwoAnswersOfABootHaveOneId() {
        Docket docket = Docket.EMPTY.answered(command("a1", 21), Outcome.DONE, "", NOW);
        String first = docket.owed().get(0).id();

        Docket after = docket.settled(first).answered(command("a1", 21), Outcome.DONE, "", NOW);

        assertThat(after.owed()).extracting(Effect.Announce::id).doesNotContain(first);
    }

    @Test
    void answersAreCountedFromTheBootOn() {
        Docket docket = Docket.EMPTY
                .answered(command("a1", 21), Outcome.DONE, "", NOW)
                .answered(command("a2", 22), Outcome.DONE, "", NOW);

        assertThat(docket.owed()).extracting(Effect.Announce::id).containsExactly("result-0", "result-1");
        assertThat(docket.count()).isEqualTo(2);
    }

    @Test
    void theLatestIdsAreKnownAndNoMore() {
        Docket docket = Docket.EMPTY;
        for (int i = 0; i <= Docket.REMEMBERED; i++) {
            docket = docket.with(command("a" + i, i));
        }

        assertThat(docket.seen()).hasSize(Docket.REMEMBERED);
        assertThat(docket.turnedAway(command("a0", 0), NOW)).isEmpty();
        assertThat(docket.turnedAway(command("a1", 1), NOW)).contains(docket);
        assertThat(docket.turnedAway(command("a" + Docket.REMEMBERED, Docket.REMEMBERED), NOW))
                .contains(docket);
    }

    @Test
    void theLatestIdsSurviveAPowerCutInTheirOrder() {
        Docket docket = Docket.EMPTY;
        for (int i = 0; i < 2 * Docket.NOTED; i++) {
            docket = docket.with(command("a" + i, i)).answered(command("a" + i, i), Outcome.DONE, "", NOW);
        }

        Docket after = Docket.of(docket.notes());

        assertThat(after.seen()).isEqualTo(docket.seen().subList(Docket.NOTED, 2 * Docket.NOTED));
        assertThat(after.owed()).isEmpty();
    }

    @Test
    void theNotesOfOthersAreLeftAlone() {
        Map<String, String> notes =
                Map.of("commands", "a1 target/set=21; nonsense; ", "commander", "a2 x", "target", "a3 x");

        assertThat(Docket.of(notes).seen()).containsExactly(new Docket.Seen("a1", "target/set=21"));
    }

    @Test
    void aNoteThatLostItsIdTurnsNoPlainCommandAway() {
        Docket docket = Docket.of(Map.of("command.00", " target/set=21"));

        assertThat(docket.turnedAway(command("", 21), NOW)).isEmpty();
    }

    @Test
    void aContentOfSeveralWordsIsKeptWhole() {
        Command<String> command = new Command<>("say/set", "a1", "two words", SOON);

        Docket after = Docket.of(Docket.EMPTY.with(command).notes());

        assertThat(after.turnedAway(command, NOW)).contains(after);
    }

    private static Command<Integer> command(String id, int value) {
        return new Command<>("target/set", id, value, SOON);
    }

    private static List<String> answers(Docket docket) {
        List<String> answers = new ArrayList<>();
        for (Effect.Announce<Result> owed : docket.owed()) {
            Result result = owed.message();
            answers.add((result.id() + " " + result.outcome() + " " + result.because()).stripTrailing());
        }
        return answers;
    }
}
