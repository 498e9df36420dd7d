package hearth.common.core;

import java.util.List;

/**
 * How a device's memory is doing.
 *
 * @param failing what was last to be remembered could not be put on disk
 * @param lost    what was there at the boot could not be trusted; told until the owner has seen it, or the next boot
 */
public record Memory(boolean failing, boolean lost) {

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
        return failing ? List.of("storage") : lost ? List.of("state-lost") : List.of();
    }
}
