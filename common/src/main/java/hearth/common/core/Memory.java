package hearth.common.core;

import hearth.common.message.FaultCode;
import java.util.List;

/**
 * How a device's memory is doing.
 *
 * @param failing what was last to be remembered could not be put on disk
 * @param lost    what was there at the boot could not be trusted; told until the owner has seen it, or the next boot
 */
public record Memory(boolean failing, boolean lost) {

    static final FaultCode STORAGE = new FaultCode(
            "storage",
            "what must survive a power cut cannot be written; it goes on by what it has in mind",
            "is the disk full (`df /var/lib`) or read-only? The journal has the cause");

    static final FaultCode STATE_LOST = new FaultCode(
            "state-lost",
            "what was remembered was damaged or of another version, so the settings hold",
            "set again what was set by command (target, mode), then say `PRESS` to `<node>/reset/set`");

    public static Memory atBoot(Boot boot) {
        return new Memory(false, boot.forgot());
    }

    public Memory after(Report report) {
        if (report instanceof Report.StorageFailed) {
            return new Memory(true, lost);
        }
        return report instanceof Report.OnDisk ? new Memory(false, lost) : this;
    }

    /** The owner has seen it. */
    public Memory acknowledged() {
        return new Memory(failing, false);
    }

    /** Codes of what is wrong, the strongest first. */
    public List<String> faults() {
        return failing ? List.of(STORAGE.code()) : lost ? List.of(STATE_LOST.code()) : List.of();
    }
}
