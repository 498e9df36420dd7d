package hearth.thermostat;

import hearth.common.core.CommandLog;
import hearth.common.core.Effect.SaveState;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.value.Celsius;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of an airco survives a power cut. What is as the settings say is not written down, so that a change of the
 * settings counts.
 */
record SavedClimateState(Celsius target, Mode mode, Preset preset, boolean latched) {

    static SavedClimateState of(ClimateState state) {
        return new SavedClimateState(
                state.target(),
                state.mode(),
                state.preset(),
                state.heatingResponse().latched());
    }

    /** A note that makes no sense, perhaps of another version, is passed over for what the settings say. */
    static SavedClimateState of(Map<String, String> notes, ClimateSettings settings) {
        Mode mode = read(notes, "mode", ClimateTopics.MODE_SET.codec(), settings.widestMode());
        boolean possible =
                Arrays.stream(HeatOrCool.values()).allMatch(side -> !mode.allows(side) || settings.has(side));
        return new SavedClimateState(
                read(notes, "target", ClimateTopics.TARGET_SET.codec(), settings.target()),
                possible ? mode : settings.widestMode(),
                read(notes, "preset", ClimateTopics.PRESET_SET.codec(), Preset.HOME),
                "true".equals(notes.get("latched")));
    }

    SaveState toSaveState(CommandLog commandLog, ClimateSettings settings) {
        Map<String, String> notes = new TreeMap<>(commandLog.toEntries());
        if (!target.equals(settings.target())) {
            notes.put("target", Double.toString(target.degrees()));
        }
        if (mode != settings.widestMode()) {
            notes.put("mode", mode.name().toLowerCase(Locale.ROOT));
        }
        if (preset != Preset.HOME) {
            notes.put("preset", preset.name().toLowerCase(Locale.ROOT));
        }
        if (latched) {
            notes.put("latched", "true");
        }
        return new SaveState(notes);
    }

    private static <T> T read(Map<String, String> notes, String key, PayloadCodec<T> shape, T otherwise) {
        String note = notes.get(key);
        try {
            return note == null ? otherwise : shape.read(new Payload.Text(note));
        } catch (Malformed e) {
            return otherwise;
        }
    }
}
