package hearth.common.core;

import hearth.common.core.Effect.Announce;
import hearth.common.message.Command;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands that a node received lately, and the results that are not delivered yet.
 *
 * @param recent         the latest commands with an id; a repeated command is not executed again
 * @param pendingResults results not yet settled, oldest first
 * @param resultCount    results since the boot; the number of the next one
 */
public record CommandLog(RecentCommands recent, List<Announce<Result>> pendingResults, long resultCount) {

    /** Number of ids that are recognised in memory. */
    public static final int MAX_RECENT = 256;

    /** Number of ids in the saved state: after a power cut, only commands that were in flight are sent again. */
    public static final int MAX_SAVED = 32;

    /** One command's id and content. */
    public record LoggedCommand(String id, String content) {}

    /**
     * The latest commands, and their form in the saved state. That form is kept because each loop pass needs it and it
     * changes rarely.
     *
     * @param commands oldest first
     */
    public record RecentCommands(List<LoggedCommand> commands, String serialized) {

        private static RecentCommands of(List<LoggedCommand> commands) {
            List<LoggedCommand> all =
                    List.copyOf(commands.subList(Math.max(0, commands.size() - MAX_RECENT), commands.size()));
            String serialized = all.subList(Math.max(0, all.size() - MAX_SAVED), all.size()).stream()
                    .map(logged -> logged.id() + " " + logged.content())
                    .collect(Collectors.joining(SEPARATOR));
            return new RecentCommands(all, serialized);
        }
    }

    public static final CommandLog EMPTY = new CommandLog(new RecentCommands(List.of(), ""), List.of(), 0);

    private static final String STATE_KEY = "commands";
    private static final String SEPARATOR = "; ";

    /** The log as the saved state has it. */
    public static CommandLog of(Map<String, String> savedState) {
        List<LoggedCommand> seen = Arrays.stream(
                        savedState.getOrDefault(STATE_KEY, "").split(SEPARATOR, -1))
                .filter(logged -> logged.contains(" "))
                .map(logged -> logged.split(" ", 2))
                .map(words -> new LoggedCommand(words[0], words[1]))
                .toList();
        return new CommandLog(RecentCommands.of(seen), List.of(), 0);
    }

    /**
     * The entries for the saved state. They prevent a command from being executed twice, once before and once after a
     * power cut.
     */
    public Map<String, String> toEntries() {
        return recent.serialized.isEmpty() ? Map.of() : Map.of(STATE_KEY, recent.serialized);
    }

    /** The commands, oldest first. */
    public List<LoggedCommand> commands() {
        return recent.commands;
    }

    public CommandLog {
        pendingResults = List.copyOf(pendingResults);
    }

    /**
     * The log after a command that must not be executed; empty if the command may be executed. A repeated id with the
     * same content changes nothing, because the result was already given; with another content it is rejected. A
     * command past its expiry gets the result {@code expired}.
     */
    public Optional<CommandLog> rejectRepeatedOrExpired(Command<?> command, Instant now) {
        if (command.hasId()
                && commands().stream().anyMatch(logged -> logged.id().equals(command.id()))) {
            boolean same = commands().contains(new LoggedCommand(command.id(), command.content()));
            return Optional.of(
                    same
                            ? this
                            : withResult(
                                    command,
                                    Outcome.REJECTED,
                                    "this id was already used for another command: use a new id for each command",
                                    now));
        }
        if (!now.isBefore(command.expiresAt())) {
            CommandLog log = withCommand(command);
            return Optional.of(log.withResult(command, Outcome.EXPIRED, "the command arrived after its expiry", now));
        }
        return Optional.empty();
    }

    /** The log with this command: from now on its id is recognised. */
    public CommandLog withCommand(Command<?> command) {
        if (!command.hasId()) {
            return this;
        }
        List<LoggedCommand> now = new ArrayList<>(commands());
        now.add(new LoggedCommand(command.id(), command.content()));
        return new CommandLog(RecentCommands.of(now), pendingResults, resultCount);
    }

    public CommandLog withResult(Command<?> command, Outcome outcome, String reason, Instant now) {
        return withResult(command.name(), command.id(), outcome, reason, now);
    }

    public CommandLog withResult(String command, String id, Outcome outcome, String reason, Instant now) {
        Announce<Result> result = new Announce<>(
                "result-" + resultCount,
                Result.TOPIC,
                new Result(command, id, outcome, reason),
                now.plus(Command.LIFETIME));
        return new CommandLog(
                recent,
                Stream.concat(pendingResults.stream(), Stream.of(result)).toList(),
                resultCount + 1);
    }

    /** The log without a settled result; unchanged if the announcement is not a result. */
    public CommandLog withoutResult(String announcement) {
        return new CommandLog(
                recent,
                pendingResults.stream()
                        .filter(result -> !result.id().equals(announcement))
                        .toList(),
                resultCount);
    }
}
