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
 * The commands a device was given lately, and the answers it still owes.
 *
 * @param recent the latest ids; a repeat of one acts no more
 * @param pendingResults  answers not yet settled, oldest first
 * @param resultCount answers given since the boot; numbers the next
 */
public record CommandLog(RecentCommands recent, List<Announce<Result>> pendingResults, long resultCount) {

    /** How many ids are known again. */
    public static final int MAX_RECENT = 256;

    /** How many of them survive a power cut: after one only what was under way is sent again. */
    public static final int MAX_SAVED = 32;

    /** One command's id and content. */
    public record LoggedCommand(String id, String content) {}

    /**
     * The latest commands, and what of them is to survive a power cut: every turn of a device tells the latter, and it
     * changes but rarely.
     *
     * @param commands oldest first
     */
    public record RecentCommands(List<LoggedCommand> commands, String serialized) {

        private static RecentCommands of(List<LoggedCommand> commands) {
            List<LoggedCommand> all = List.copyOf(commands.subList(Math.max(0, commands.size() - MAX_RECENT), commands.size()));
            String serialized = all.subList(Math.max(0, all.size() - MAX_SAVED), all.size()).stream()
                    .map(logged -> logged.id() + " " + logged.content())
                    .collect(Collectors.joining(SEPARATOR));
            return new RecentCommands(all, serialized);
        }
    }

    public static final CommandLog EMPTY = new CommandLog(new RecentCommands(List.of(), ""), List.of(), 0);

    private static final String STATE_KEY = "commands";
    private static final String SEPARATOR = "; ";

    /** What was known of commands before a power cut. */
    public static CommandLog of(Map<String, String> savedState) {
        List<LoggedCommand> seen = Arrays.stream(
                        savedState.getOrDefault(STATE_KEY, "").split(SEPARATOR, -1))
                .filter(logged -> logged.contains(" "))
                .map(logged -> logged.split(" ", 2))
                .map(words -> new LoggedCommand(words[0], words[1]))
                .toList();
        return new CommandLog(RecentCommands.of(seen), List.of(), 0);
    }

    /** What of it should survive a power cut, so that no command acts twice. */
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
     * What is left of this docket if the command is not to act: it is a repeat, or came too late. A repeat is silent if
     * it asks for the same, as its answer was given; it is rejected if it reuses the id for something else.
     */
    public Optional<CommandLog> rejectRepeatedOrExpired(Command<?> command, Instant now) {
        if (command.hasId() && commands().stream().anyMatch(logged -> logged.id().equals(command.id()))) {
            boolean same = commands().contains(new LoggedCommand(command.id(), command.content()));
            return Optional.of(
                    same ? this : withResult(command, Outcome.REJECTED, "this id was already used for another"
                            + " command: use a new id for each command", now));
        }
        if (!now.isBefore(command.expiresAt())) {
            CommandLog log = withCommand(command);
            return Optional.of(log.withResult(command, Outcome.EXPIRED, "the command arrived after its expiry", now));
        }
        return Optional.empty();
    }

    /** The command is taken in; from now on its id is known. */
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

    /** An announcement is over; nothing happens if it was not one of these. */
    public CommandLog withoutResult(String announcement) {
        return new CommandLog(
                recent,
                pendingResults.stream()
                        .filter(result -> !result.id().equals(announcement))
                        .toList(),
                resultCount);
    }
}
