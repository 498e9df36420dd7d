package hearth.thermostat;

import hearth.common.core.Docket;
import hearth.common.core.Effect.Remember;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Shape;
import hearth.common.value.Celsius;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of an airco survives a power cut. What is as the settings say is not written down, so that a change of the
 * settings counts.
 */
record AircoNotes(Celsius target, Mode mode, Preset preset, boolean latched) {

    static AircoNotes of(AircoState state) {
        return new AircoNotes(
                state.target(), state.mode(), state.preset(), state.effort().latched());
    }

    /** A note that makes no sense, perhaps of another version, is passed over for what the settings say. */
    static AircoNotes of(Map<String, String> notes, AircoSettings settings) {
        Mode mode = read(notes, "mode", AircoTopics.MODE_SET.shape(), settings.widestMode());
        boolean possible = Arrays.stream(Side.values()).allMatch(side -> !mode.allows(side) || settings.has(side));
        return new AircoNotes(
                read(notes, "target", AircoTopics.TARGET_SET.shape(), settings.target()),
                possible ? mode : settings.widestMode(),
                read(notes, "preset", AircoTopics.PRESET_SET.shape(), Preset.HOME),
                "true".equals(notes.get("latched")));
    }

    Remember remembered(Docket docket, AircoSettings settings) {
        Map<String, String> notes = new TreeMap<>(docket.notes());
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
        return new Remember(notes);
    }

    private static <T> T read(Map<String, String> notes, String key, Shape<T> shape, T otherwise) {
        String note = notes.get(key);
        try {
            return note == null ? otherwise : shape.read(new Payload.Text(note));
        } catch (Malformed e) {
            return otherwise;
        }
    }
}
