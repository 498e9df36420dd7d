package hearth.common.core;

import hearth.common.message.FaultCode;
import java.util.List;

/**
 * How a device's memory is doing.
 *
 * @param writeFailing what was last to be remembered could not be put on disk
 * @param stateLost    what was there at the boot could not be trusted; told until the owner has seen it, or the next boot
 */
public record StorageStatus(boolean writeFailing, boolean stateLost) {

    static final FaultCode STORAGE = new FaultCode(
            "storage",
            "the saved state cannot be written to disk; the node continues with the state in memory",
            "check whether the disk is full (`df /var/lib`) or read-only; the journal has the cause");

    static final FaultCode STATE_LOST = new FaultCode(
            "state-lost",
            "the saved state is damaged or from another version; the node uses its settings instead",
            "send the commands for target and mode again, then send `PRESS` to `<node>/reset/set`");

    public static StorageStatus atBoot(Boot boot) {
        return new StorageStatus(false, boot.stateLost());
    }

    public StorageStatus after(EffectReport report) {
        if (report instanceof EffectReport.StorageFailed) {
            return new StorageStatus(true, stateLost);
        }
        return report instanceof EffectReport.StateSaved ? new StorageStatus(false, stateLost) : this;
    }

    StorageStatus withStateLost() {
        return new StorageStatus(writeFailing, true);
    }

    /** The owner has seen it. */
    public StorageStatus acknowledged() {
        return new StorageStatus(writeFailing, false);
    }

    /** Codes of what is wrong, the strongest first. */
    public List<String> faults() {
        return writeFailing ? List.of(STORAGE.code()) : stateLost ? List.of(STATE_LOST.code()) : List.of();
    }
}
