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

final class CommandLogTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);

    @Test
    void aNewCommandMayBeExecuted() {
        assertThat(CommandLog.EMPTY.rejectRepeatedOrExpired(command("a1", 21), NOW))
                .isEmpty();
    }

    @Test
    void aRepeatIsNotExecutedAgainAndHasNoSecondResult() {
        CommandLog commandLog =
                CommandLog.EMPTY.withCommand(command("a1", 21)).withResult(command("a1", 21), Outcome.DONE, "", NOW);

        assertThat(commandLog.rejectRepeatedOrExpired(command("a1", 21), NOW)).contains(commandLog);
    }

    @Test
    void aRepeatAfterItsExpiryIsStillARepeat() {
        CommandLog commandLog = CommandLog.EMPTY.withCommand(command("a1", 21));

        assertThat(commandLog.rejectRepeatedOrExpired(command("a1", 21), SOON.plusSeconds(1)))
                .contains(commandLog);
    }

    @Test
    void anIdUsedForAnotherCommandIsRejected() {
        CommandLog commandLog = CommandLog.EMPTY.withCommand(command("a1", 21));

        CommandLog after =
                commandLog.rejectRepeatedOrExpired(command("a1", 22), NOW).orElseThrow();

        assertThat(after.commands()).isEqualTo(commandLog.commands());
        assertThat(answers(after))
                .containsExactly(
                        "a1 REJECTED this id was already used for another command: use a new id for each command");
    }

    @Test
    void theSameIdOnAnotherTopicIsAnotherCommand() {
        CommandLog commandLog = CommandLog.EMPTY.withCommand(command("a1", 21));
        Command<Integer> other = new Command<>("mode/set", "a1", 21, SOON);

        assertThat(answers(commandLog.rejectRepeatedOrExpired(other, NOW).orElseThrow()))
                .hasSize(1);
    }

    @Test
    void aLateCommandExpiresAndItsIdIsRecognised() {
        CommandLog after = CommandLog.EMPTY
                .rejectRepeatedOrExpired(command("a1", 21), SOON)
                .orElseThrow();

        assertThat(answers(after)).containsExactly("a1 EXPIRED the command arrived after its expiry");
        assertThat(after.rejectRepeatedOrExpired(command("a1", 21), NOW)).contains(after);
    }

    @Test
    void plainCommandsAreExecutedEachTime() {
        CommandLog commandLog = CommandLog.EMPTY.withCommand(command("", 21));

        assertThat(commandLog).isEqualTo(CommandLog.EMPTY);
        assertThat(commandLog.rejectRepeatedOrExpired(command("", 21), NOW)).isEmpty();
    }

    @Test
    void aLatePlainCommandExpiresToo() {
        CommandLog after =
                CommandLog.EMPTY.rejectRepeatedOrExpired(command("", 21), SOON).orElseThrow();

        assertThat(answers(after)).containsExactly(" EXPIRED the command arrived after its expiry");
        assertThat(after.commands()).isEmpty();
    }

    @Test
    void aResultIsPendingUntilItIsSettledAndExpiresAfterAMinute() {
        CommandLog commandLog = CommandLog.EMPTY
                .withResult(command("a1", 21), Outcome.DONE, "", NOW)
                .withResult(command("a2", 22), Outcome.REJECTED, "too warm", NOW);
        assertThat(commandLog.pendingResults())
                .extracting(Effect.Announce::expiresAt)
                .containsOnly(SOON);

        CommandLog after =
                commandLog.withoutResult(commandLog.pendingResults().get(0).id());

        assertThat(answers(after)).containsExactly("a2 REJECTED too warm");
        assertThat(after.withoutResult("brewed-7")).isEqualTo(after);
    }

    @Test
    void resultIdsAreUniqueWithinABoot() {
        CommandLog commandLog = CommandLog.EMPTY.withResult(command("a1", 21), Outcome.DONE, "", NOW);
        String first = commandLog.pendingResults().get(0).id();

        CommandLog after = commandLog.withoutResult(first).withResult(command("a1", 21), Outcome.DONE, "", NOW);

        assertThat(after.pendingResults()).extracting(Effect.Announce::id).doesNotContain(first);
    }

    @Test
    void resultsAreNumberedFromTheBootOn() {
        CommandLog commandLog = CommandLog.EMPTY
                .withResult(command("a1", 21), Outcome.DONE, "", NOW)
                .withResult(command("a2", 22), Outcome.DONE, "", NOW);

        assertThat(commandLog.pendingResults()).extracting(Effect.Announce::id).containsExactly("result-0", "result-1");
        assertThat(commandLog.resultCount()).isEqualTo(2);
    }

    @Test
    void onlyTheLatestIdsAreRecognised() {
        CommandLog commandLog = CommandLog.EMPTY;
        for (int i = 0; i <= CommandLog.MAX_RECENT; i++) {
            commandLog = commandLog.withCommand(command("a" + i, i));
        }

        assertThat(commandLog.commands()).hasSize(CommandLog.MAX_RECENT);
        assertThat(commandLog.rejectRepeatedOrExpired(command("a0", 0), NOW)).isEmpty();
        assertThat(commandLog.rejectRepeatedOrExpired(command("a1", 1), NOW)).contains(commandLog);
        assertThat(commandLog.rejectRepeatedOrExpired(command("a" + CommandLog.MAX_RECENT, CommandLog.MAX_RECENT), NOW))
                .contains(commandLog);
    }

    @Test
    void theLatestIdsSurviveAPowerCutInTheirOrder() {
        CommandLog commandLog = CommandLog.EMPTY;
        for (int i = 0; i < 2 * CommandLog.MAX_SAVED; i++) {
            commandLog =
                    commandLog.withCommand(command("a" + i, i)).withResult(command("a" + i, i), Outcome.DONE, "", NOW);
        }

        CommandLog after = CommandLog.of(commandLog.toEntries());

        assertThat(after.commands())
                .isEqualTo(commandLog.commands().subList(CommandLog.MAX_SAVED, 2 * CommandLog.MAX_SAVED));
        assertThat(after.pendingResults()).isEmpty();
    }

    @Test
    void otherEntriesOfTheSavedStateAreIgnored() {
        Map<String, String> entries =
                Map.of("commands", "a1 target/set=21; nonsense; ", "commander", "a2 x", "target", "a3 x");

        assertThat(CommandLog.of(entries).commands())
                .containsExactly(new CommandLog.LoggedCommand("a1", "target/set=21"));
    }

    @Test
    void anEntryWithoutAnIdRejectsNoPlainCommand() {
        CommandLog commandLog = CommandLog.of(Map.of("command.00", " target/set=21"));

        assertThat(commandLog.rejectRepeatedOrExpired(command("", 21), NOW)).isEmpty();
    }

    @Test
    void aContentOfSeveralWordsIsKept() {
        Command<String> command = new Command<>("say/set", "a1", "two words", SOON);

        CommandLog after = CommandLog.of(CommandLog.EMPTY.withCommand(command).toEntries());

        assertThat(after.rejectRepeatedOrExpired(command, NOW)).contains(after);
    }

    private static Command<Integer> command(String id, int value) {
        return new Command<>("target/set", id, value, SOON);
    }

    private static List<String> answers(CommandLog commandLog) {
        List<String> results = new ArrayList<>();
        for (Effect.Announce<Result> pending : commandLog.pendingResults()) {
            Result result = pending.message();
            results.add((result.id() + " " + result.outcome() + " " + result.reason()).stripTrailing());
        }
        return results;
    }
}
