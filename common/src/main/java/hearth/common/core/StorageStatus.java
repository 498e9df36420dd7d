package hearth.common.core;

import hearth.common.message.FaultCode;
import java.util.List;

/**
 * Whether the saved state can be written and was read.
 *
 * @param writeFailing whether the last write of the saved state failed
 * @param stateLost    whether the saved state was not usable at the boot; reported until the owner acknowledges it, or
 *     until the next boot
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

    /** The owner has acknowledged the lost state. */
    public StorageStatus acknowledged() {
        return new StorageStatus(writeFailing, false);
    }

    /** Fault codes, the most severe first. */
    public List<String> faults() {
        return writeFailing ? List.of(STORAGE.code()) : stateLost ? List.of(STATE_LOST.code()) : List.of();
    }
}
