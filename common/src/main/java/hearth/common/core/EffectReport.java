package hearth.common.core;

import java.util.Map;

/** What became of an effect, told to the controller as an input. */
public sealed interface EffectReport {

    /** An output could not be switched on. (One that cannot be switched off ends the process: the unit's hook acts.) */
    record DriveFailed(String output, String why) implements EffectReport {}

    /** These notes will survive a power cut. */
    record StateSaved(Map<String, String> entries) implements EffectReport {}

    /** Notes could not be kept; the shell tries again by itself and says {@link StateSaved} when it worked. */
    record StorageFailed(String why) implements EffectReport {}

    /** An announcement is over: acknowledged by the broker, or too old to matter. */
    record Settled(String announcement, boolean delivered) implements EffectReport {}
}
