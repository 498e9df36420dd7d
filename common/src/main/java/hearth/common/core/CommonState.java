package hearth.common.core;

import hearth.common.core.Effect.Announce;
import hearth.common.core.Effect.Publish;
import hearth.common.core.Effect.SaveState;
import hearth.common.message.Command;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a controller's state that every node has. {@link NodeState} applies commands and reports to it.
 *
 * @param bootId     new at each start, so that ids derived from it are unique
 * @param commandLog the commands received lately and the results not yet delivered
 * @param storage    whether the saved state can be read and written
 */
public record CommonState(String bootId, CommandLog commandLog, StorageStatus storage) {

    public static CommonState atBoot(Boot boot) {
        return new CommonState(boot.id(), CommandLog.of(boot.savedState()), StorageStatus.atBoot(boot));
    }

    /** For a node that cannot read its own entries in the saved state, although the file itself is valid. */
    public CommonState withStateLost() {
        return new CommonState(bootId, commandLog, storage.withStateLost());
    }

    /** The owner has acknowledged that saved state was lost. */
    public CommonState acknowledged() {
        return new CommonState(bootId, commandLog, storage.acknowledged());
    }

    public CommonState with(CommandLog other) {
        return new CommonState(bootId, other, storage);
    }

    public CommonState withResult(Command<?> command, Outcome outcome, String reason, Instant now) {
        return with(commandLog.withResult(command, outcome, reason, now));
    }

    /** For a result whose command is no longer in memory: after a restart, or after work that takes time. */
    public CommonState withResult(String command, String id, Outcome outcome, String reason, Instant now) {
        return with(commandLog.withResult(command, id, outcome, reason, now));
    }

    /** The shell reports the outcome of an effect; a settled announcement of the node's own changes nothing here. */
    public CommonState after(EffectReport report) {
        CommandLog log = report instanceof EffectReport.Settled settled
                ? commandLog.withoutResult(settled.announcement())
                : commandLog;
        return new CommonState(bootId, log, storage.after(report));
    }

    /** Fault codes of the storage, the most severe first. */
    public List<String> faults() {
        return storage.faults();
    }

    /** The results to announce, oldest first. */
    public List<Announce<Result>> pendingResults() {
        return commandLog.pendingResults();
    }

    /** Saves the node's own entries together with the ids of recent commands. */
    public SaveState saveState(Map<String, String> ownEntries) {
        Map<String, String> entries = new HashMap<>(commandLog.toEntries());
        entries.putAll(ownEntries);
        return new SaveState(entries);
    }

    /** Publishes the first of these fault codes, or {@code none} if the list is empty. */
    public static Publish<String> publishStrongest(List<String> faults) {
        return Publish.of(CommonTopics.FAULT, faults.stream().findFirst().orElse(CommonTopics.NO_FAULT));
    }
}
