package hearth.common.core;

import java.util.Map;

/** What became of an effect, told to the controller as an input. */
public sealed interface Report {

    /** An output could not be switched on. (One that cannot be switched off ends the process: the unit's hook acts.) */
    record DriveFailed(String output, String why) implements Report {}

    /** These notes will survive a power cut. */
    record OnDisk(Map<String, String> notes) implements Report {}

    /** Notes could not be kept; the shell tries again by itself and says {@link OnDisk} when it worked. */
    record StorageFailed(String why) implements Report {}

    /** An announcement is over: acknowledged by the broker, or too old to matter. */
    record Settled(String announcement, boolean delivered) implements Report {}
}
