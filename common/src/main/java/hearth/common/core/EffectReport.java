package hearth.common.core;

import java.util.Map;

/** The outcome of an effect, which the controller receives as an input. */
public sealed interface EffectReport {

    /** An output could not be switched on. (If it cannot be switched off, the process ends and the stop hook acts.) */
    record DriveFailed(String output, String why) implements EffectReport {}

    /** These entries are on disk and survive a power cut. */
    record StateSaved(Map<String, String> entries) implements EffectReport {}

    /** The saved state could not be written. The node retries, and reports {@link StateSaved} after success. */
    record StorageFailed(String why) implements EffectReport {}

    /** An announcement is settled: acknowledged by the broker, or expired. */
    record Settled(String announcement, boolean delivered) implements EffectReport {}
}
