package hearth.thermostat;

import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of an airco's state that survives a power cut. A value that equals the settings' is not saved, so that a
 * later change of the settings takes effect.
 */
record SavedClimateState(ClimateGoal goal, boolean latched) {

    static SavedClimateState of(ClimateState state) {
        return new SavedClimateState(state.goal(), state.heatingResponse().latched());
    }

    /** An entry that cannot be read, perhaps of another version, is ignored: the setting applies. */
    static SavedClimateState read(Map<String, String> entries, ClimateSettings settings) {
        ClimateGoal initial = initial(settings);
        Mode mode = read(entries, "mode", ClimateTopics.MODE_SET.codec(), initial.mode());
        boolean possible =
                Arrays.stream(HeatOrCool.values()).allMatch(kind -> !mode.allows(kind) || settings.has(kind));
        ClimateGoal goal = new ClimateGoal(
                read(entries, "target", ClimateTopics.TARGET_SET.codec(), initial.target()),
                possible ? mode : initial.mode(),
                read(entries, "preset", ClimateTopics.PRESET_SET.codec(), initial.preset()));
        return new SavedClimateState(goal, "true".equals(entries.get("latched")));
    }

    Map<String, String> toEntries(ClimateSettings settings) {
        ClimateGoal initial = initial(settings);
        Map<String, String> entries = new TreeMap<>();
        if (!goal.target().equals(initial.target())) {
            entries.put("target", Double.toString(goal.target().degrees()));
        }
        if (goal.mode() != initial.mode()) {
            entries.put("mode", goal.mode().name().toLowerCase(Locale.ROOT));
        }
        if (goal.preset() != initial.preset()) {
            entries.put("preset", goal.preset().name().toLowerCase(Locale.ROOT));
        }
        if (latched) {
            entries.put("latched", "true");
        }
        return entries;
    }

    private static ClimateGoal initial(ClimateSettings settings) {
        return new ClimateGoal(settings.target(), settings.widestMode(), Preset.HOME);
    }

    private static <T> T read(Map<String, String> entries, String key, PayloadCodec<T> codec, T fallback) {
        String entry = entries.get(key);
        try {
            return entry == null ? fallback : codec.read(new Payload.Text(entry));
        } catch (Malformed e) {
            return fallback;
        }
    }
}
