package hearth.thermostat;

import hearth.common.homeassistant.Entity;
import hearth.common.homeassistant.ForeignTopic;
import hearth.common.message.CommonTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The entities of a thermostat in Home Assistant. */
final class ThermostatEntities {

    private ThermostatEntities() {}

    /** A template: the sensor works. It still measures with the fault {@code sensor-stuck}, which is a warning. */
    private static final String SENSED = "value[:7] != 'sensor-' or value == '" + ClimateFaults.STUCK.code() + "'";

    private static final String REGULATED = "value != '" + ClimateFaults.NO_READING.code() + "' and (" + SENSED + ")";

    static List<Entity> of(ThermostatSettings settings) {
        List<Entity> entities = new ArrayList<>();
        if (settings.hasRelay()) {
            ClimateSettings airco = settings.climate();
            entities.add(climate(airco));
            airco.relays().keySet().forEach(kind -> entities.add(relay(kind)));
            entities.add(Entity.sensor("reason", "Reason", Reason.TOPIC)
                    .withValueTemplate("value_json.because")
                    .with("json_attributes_topic", Reason.TOPIC)
                    .diagnostic());
        }
        if (settings.hasSensor()) {
            entities.add(Entity.sensor("temperature", "Temperature", CommonTopics.TEMPERATURE)
                    .measurement("temperature", "°C")
                    .with("suggested_display_precision", 1L)
                    .expiresAfter(settings.sensor().staleAfter())
                    .availableWhile(CommonTopics.FAULT, SENSED));
        }
        return entities;
    }

    /** It is unavailable without a temperature, or Home Assistant would continue to show the last one. */
    private static Entity climate(ClimateSettings airco) {
        return current(Entity.of("climate", "climate", ""), airco.sources().get(0))
                .with("modes", modes(airco))
                .with("mode_command_topic", ClimateTopics.MODE_SET)
                .with("mode_state_topic", ClimateTopics.MODE)
                .with("action_topic", ClimateTopics.ACTION)
                .with("temperature_command_topic", ClimateTopics.TARGET_SET)
                .with("temperature_state_topic", ClimateTopics.TARGET)
                .with("min_temp", ClimateSettings.LOWEST_TARGET)
                .with("max_temp", ClimateSettings.HIGHEST_TARGET)
                .with("temp_step", ClimateSettings.TARGET_STEP)
                .with("precision", 0.1)
                .with("temperature_unit", "C")
                .with("preset_modes", Entity.payloads(ClimateTopics.PRESETS, List.of(Preset.values())))
                .with("preset_mode_command_topic", ClimateTopics.PRESET_SET)
                .with("preset_mode_state_topic", ClimateTopics.PRESET)
                .availableWhile(CommonTopics.FAULT, REGULATED);
    }

    /** The first source: a card shows one temperature. */
    private static Entity current(Entity climate, String source) {
        String topic = "current_temperature_topic";
        if (ForeignSensor.isForeignTopic(source)) {
            ForeignSensor other = ForeignSensor.of(source);
            Entity of = climate.with(topic, new ForeignTopic.LiteralTopic(other.topic()));
            return other.template()
                    .map(template -> of.with("current_temperature_template", template))
                    .orElse(of);
        }
        return source.equals(ClimateSettings.LOCAL)
                ? climate.with(topic, CommonTopics.TEMPERATURE)
                : climate.with(topic, new ForeignTopic.OtherNodeTopic(source, CommonTopics.TEMPERATURE));
    }

    private static Entity relay(HeatOrCool kind) {
        String doing =
                Entity.payloads(ClimateTopics.ACTIONS, List.of(kind.action())).get(0);
        String name = kind == HeatOrCool.HEAT ? "Heating" : "Cooling";
        return Entity.binarySensor(kind.output(), name, ClimateTopics.ACTION, "value == '" + doing + "'")
                .deviceClass("running");
    }

    /** The modes that are possible with the outputs. */
    private static List<String> modes(ClimateSettings airco) {
        List<Mode> possible = Stream.of(Mode.values())
                .filter(mode -> Stream.of(HeatOrCool.values()).allMatch(kind -> airco.has(kind) || !mode.allows(kind)))
                .toList();
        return Entity.payloads(ClimateTopics.MODES, possible);
    }
}
