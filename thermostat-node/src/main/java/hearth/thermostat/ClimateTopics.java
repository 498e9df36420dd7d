package hearth.thermostat;

import hearth.common.message.Malformed;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import hearth.common.value.Celsius;

/** The topics of an airco. */
final class ClimateTopics {

    private ClimateTopics() {}

    static final PayloadCodec<Mode> MODES = PayloadCodec.oneOf(Mode.class, '_');
    static final PayloadCodec<Preset> PRESETS = PayloadCodec.oneOf(Preset.class, '_');
    static final PayloadCodec<Action> ACTIONS = PayloadCodec.oneOf(Action.class, '_');
    private static final PayloadCodec<Celsius> SET_POINT =
            PayloadCodec.celsius(1).checked(ClimateTopics::setPoint);

    static final Topic<Celsius> TARGET =
            Topic.state("target", 1, PayloadCodec.celsius(1), "target temperature of the room in °C, such as `20.0`");
    static final Topic<Mode> MODE =
            Topic.state("mode", 1, MODES, "what the airco may do: `off`, `heat`, `cool` or `heat_cool`");
    static final Topic<Preset> PRESET =
            Topic.state("preset", 1, PRESETS, "`home`; or `away`: heats and cools less, by `airco.away-shift`");
    static final Topic<Action> ACTION = Topic.state(
            "action",
            1,
            ACTIONS,
            "what the outputs do: `heating`, `cooling` or `idle`; `off` in mode `off`, unless frost protection heats");

    static final Topic<Celsius> TARGET_SET = Topic.command(
            "target/set", 1, SET_POINT, "sets the target: 5.0 to 30.0 °C in steps of 0.5, such as `21.5`");
    static final Topic<Mode> MODE_SET = Topic.command(
            "mode/set",
            1,
            MODES,
            "sets the mode: `off`, `heat`, `cool` or `heat_cool`; a mode that has no relay is rejected");
    static final Topic<Preset> PRESET_SET =
            Topic.command("preset/set", 1, PRESETS, "sets the preset: `home` or `away`");

    private static Celsius setPoint(Celsius celsius) throws Malformed {
        double degrees = celsius.degrees();
        if (degrees < ClimateSettings.LOWEST_TARGET || degrees > ClimateSettings.HIGHEST_TARGET) {
            throw new Malformed(degrees + " °C: must be from " + ClimateSettings.LOWEST_TARGET + " to "
                    + ClimateSettings.HIGHEST_TARGET + " °C");
        }
        if (Math.rint(degrees / ClimateSettings.TARGET_STEP) != degrees / ClimateSettings.TARGET_STEP) {
            throw new Malformed(degrees + " °C: must be in steps of " + ClimateSettings.TARGET_STEP + " °C");
        }
        return celsius;
    }
}
