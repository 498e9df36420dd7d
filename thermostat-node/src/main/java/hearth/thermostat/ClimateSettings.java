package hearth.thermostat;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings {@code airco.*}. The airco is the part of the node that switches a heating relay, a cooling relay or both.
 *
 * @param sources    {@link #LOCAL} for its own sensor, names of nodes, and {@linkplain ForeignSensor topics of other
 *     programs}
 * @param staleAfter maximum age of a reading
 * @param relays     the outputs: heating, cooling or both; without any the node is only a sensor
 */
record ClimateSettings(
        List<String> sources,
        Combine combine,
        Duration staleAfter,
        Celsius target,
        double heatBelowK,
        double coolAboveK,
        double awayShiftK,
        Duration deadTime,
        Celsius absoluteMax,
        Celsius absoluteMin,
        Celsius frost,
        Map<HeatOrCool, RelaySettings> relays) {

    /** The source that is this node's own sensor. */
    static final String LOCAL = "local";

    private static final Pattern NODE = Pattern.compile("[a-z0-9-]{1,32}");

    /** No frost protection: lower than any reading. */
    static final Celsius NO_FROST = Celsius.of(-273);

    static final double LOWEST_TARGET = 5.0;
    static final double HIGHEST_TARGET = 30.0;
    static final double TARGET_STEP = 0.5;

    static final Setting<List<String>> SOURCES = new Setting<>(
                    "airco.sources",
                    LOCAL,
                    false,
                    "local (its own sensor), the name of another node, or a topic of another program, which"
                            + " must contain a /; if the message is JSON, add # and the JSON pointer, the path to the"
                            + " number, such as #/temperature",
                    "sensors that measure the room, separated by commas",
                    ClimateSettings::source)
            .listOfUpTo(8);

    static final Setting<Combine> COMBINE = Setting.oneOf(
            "airco.combine",
            "mean",
            Combine.class,
            "how the temperatures of several sources become one; first uses the first source in"
                    + " airco.sources that has a recent temperature");

    static final Setting<Celsius> TARGET = Setting.celsius(
            "airco.target",
            "20.0",
            LOWEST_TARGET,
            HIGHEST_TARGET,
            TARGET_STEP,
            "target temperature of the room until target/set changes it; a change is saved and stays"
                    + " after a restart");

    static final Setting<Double> HEAT_BELOW = Setting.number(
            "airco.heat-below",
            "2.0",
            0.2,
            5.0,
            " K",
            "heating starts at the target minus this, and stops at the target");

    static final Setting<Double> COOL_ABOVE = Setting.number(
            "airco.cool-above",
            "2.0",
            0.2,
            5.0,
            " K",
            "cooling starts at the target plus this, and stops at the target");

    static final Setting<Double> AWAY_SHIFT = Setting.number(
            "airco.away-shift",
            "4.0",
            0.5,
            10.0,
            " K",
            "with the preset away the target is lower by this for heating, and higher for cooling");

    static final Setting<Duration> DEAD_TIME =
            Setting.duration("airco.dead-time", "30s", "1s", "1h", "minimum time between heating and cooling");

    static final Setting<Celsius> ABSOLUTE_MAX = Setting.celsius(
            "airco.absolute-max",
            "35.0",
            25,
            60,
            0,
            "at this temperature or above it never heats, whatever the mode and the target are");

    static final Setting<Celsius> ABSOLUTE_MIN = Setting.celsius(
            "airco.absolute-min",
            "10.0",
            0,
            18,
            0,
            "at this temperature or below it never cools, whatever the mode and the target are");

    static final Setting<Celsius> FROST = Setting.celsius(
                    "airco.frost",
                    "7.0",
                    3,
                    12,
                    0,
                    "frost protection: at this temperature or below it heats in every mode, also off, so that no pipe bursts")
            .or("off", NO_FROST);

    static ClimateSettings read(Settings settings, Duration staleAfter) {
        ClimateSettings airco = new ClimateSettings(
                settings.get(SOURCES),
                settings.get(COMBINE),
                staleAfter,
                settings.get(TARGET),
                settings.get(HEAT_BELOW),
                settings.get(COOL_ABOVE),
                settings.get(AWAY_SHIFT),
                settings.get(DEAD_TIME),
                settings.get(ABSOLUTE_MAX),
                settings.get(ABSOLUTE_MIN),
                settings.get(FROST),
                relays(settings));
        if (airco.sources.stream().distinct().count() < airco.sources.size()) {
            settings.reportConflict(SOURCES, "has the same source twice");
        }
        return airco;
    }

    private static String source(String text) {
        if (ForeignSensor.isForeignTopic(text)) {
            ForeignSensor.of(text); // Throws if this is no topic.
            return text;
        }
        if (!NODE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected local (its own sensor), a node's name, or a topic such as zigbee2mqtt/Living#/temperature");
        }
        return text;
    }

    private static Map<HeatOrCool, RelaySettings> relays(Settings settings) {
        Map<HeatOrCool, RelaySettings> relays = new EnumMap<>(HeatOrCool.class);
        for (HeatOrCool kind : HeatOrCool.values()) {
            Optional<RelaySettings> relay = RelaySettings.read(settings, kind);
            relay.ifPresent(present -> relays.put(kind, present));
        }
        return relays;
    }

    boolean hasRelay() {
        return !relays.isEmpty();
    }

    boolean has(HeatOrCool kind) {
        return relays.containsKey(kind);
    }

    /** Requires that {@link #has} is true. */
    RelaySettings relay(HeatOrCool kind) {
        return Objects.requireNonNull(relays.get(kind));
    }

    Duration minOff(HeatOrCool kind) {
        return has(kind) ? relay(kind).minOff() : Duration.ZERO;
    }

    double bandK(HeatOrCool kind) {
        return kind == HeatOrCool.HEAT ? heatBelowK : coolAboveK;
    }

    /** The mode that uses all outputs. */
    Mode widestMode() {
        return has(HeatOrCool.HEAT) ? (has(HeatOrCool.COOL) ? Mode.HEAT_COOL : Mode.HEAT) : Mode.COOL;
    }
}
