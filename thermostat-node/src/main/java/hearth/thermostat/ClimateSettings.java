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
 * What the airco is told.
 *
 * @param sources    names of the nodes whose temperature it follows, and {@linkplain ForeignSensor others' topics};
 *     {@link #LOCAL} is its own sensor
 * @param staleAfter how old a reading may be
 * @param relays     the sides it can drive: heating, cooling or both; none and it is no airco
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

    /** No frost protection: colder than anything a sensor says. */
    static final Celsius NO_FROST = Celsius.of(-273);

    static final double LOWEST_TARGET = 5.0;
    static final double HIGHEST_TARGET = 30.0;
    static final double TARGET_STEP = 0.5;

    static final Setting<List<String>> SOURCES = new Setting<>(
                    "airco.sources",
                    LOCAL,
                    false,
                    "a node's name, local for its own sensor, or a topic with a / in it, with #/… to where in JSON the"
                            + " number stands",
                    "whose temperatures it follows",
                    ClimateSettings::source)
            .listOfUpTo(8);

    static final Setting<Combine> COMBINE =
            Setting.oneOf("airco.combine", "mean", Combine.class, "how several fresh sensors make one temperature");

    static final Setting<Celsius> TARGET = Setting.celsius(
            "airco.target",
            "20.0",
            LOWEST_TARGET,
            HIGHEST_TARGET,
            TARGET_STEP,
            "what the room should be, until someone says otherwise");

    static final Setting<Double> HEAT_BELOW =
            Setting.number("airco.heat-below", "2.0", 0.2, 5.0, " K", "so far below the target, or further, it heats");

    static final Setting<Double> COOL_ABOVE =
            Setting.number("airco.cool-above", "2.0", 0.2, 5.0, " K", "so far above the target, or further, it cools");

    static final Setting<Double> AWAY_SHIFT = Setting.number(
            "airco.away-shift", "4.0", 0.5, 10.0, " K", "with preset away, how much less it heats and cools");

    static final Setting<Duration> DEAD_TIME =
            Setting.duration("airco.dead-time", "30s", "1s", "1h", "the least time between heating and cooling");

    static final Setting<Celsius> ABSOLUTE_MAX = Setting.celsius(
            "airco.absolute-max", "35.0", 25, 60, 0, "from here on nothing heats, whatever anyone says");

    static final Setting<Celsius> ABSOLUTE_MIN =
            Setting.celsius("airco.absolute-min", "10.0", 0, 18, 0, "from here on nothing cools, whatever anyone says");

    static final Setting<Celsius> FROST = Setting.celsius(
                    "airco.frost",
                    "7.0",
                    3,
                    12,
                    0,
                    "from here on it heats even when switched off, so that no pipe bursts")
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
            settings.reportConflict(SOURCES, "names a sensor twice");
        }
        return airco;
    }

    private static String source(String text) {
        if (ForeignSensor.isForeignTopic(text)) {
            ForeignSensor.of(text); // Complains about what is none.
            return text;
        }
        if (!NODE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a node's name, local for its own sensor, or a topic such as zigbee2mqtt/Living#/temperature");
        }
        return text;
    }

    private static Map<HeatOrCool, RelaySettings> relays(Settings settings) {
        Map<HeatOrCool, RelaySettings> relays = new EnumMap<>(HeatOrCool.class);
        for (HeatOrCool side : HeatOrCool.values()) {
            Optional<RelaySettings> relay = RelaySettings.read(settings, side);
            relay.ifPresent(there -> relays.put(side, there));
        }
        return relays;
    }

    boolean hasRelay() {
        return !relays.isEmpty();
    }

    boolean has(HeatOrCool side) {
        return relays.containsKey(side);
    }

    /** Only where {@link #has} says that there is one. */
    RelaySettings relay(HeatOrCool kind) {
        return Objects.requireNonNull(relays.get(kind));
    }

    Duration minOff(HeatOrCool kind) {
        return has(kind) ? relay(kind).minOff() : Duration.ZERO;
    }

    double bandK(HeatOrCool side) {
        return side == HeatOrCool.HEAT ? heatBelowK : coolAboveK;
    }

    /** All that the relays there are can do. */
    Mode widestMode() {
        return has(HeatOrCool.HEAT) ? (has(HeatOrCool.COOL) ? Mode.HEAT_COOL : Mode.HEAT) : Mode.COOL;
    }
}
