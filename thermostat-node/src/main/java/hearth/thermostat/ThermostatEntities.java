package hearth.thermostat;

import hearth.common.discovery.Elsewhere;
import hearth.common.discovery.Entity;
import hearth.common.message.Common;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a thermostat shows to Home Assistant. */
final class ThermostatEntities {

    private ThermostatEntities() {}

    /** A sensor that was not heard is no sensor; one that is stuck or doubted still measures. */
    private static final String SENSED = "value[:7] != 'sensor-' or value == '" + AircoFaults.STUCK.code() + "'";

    private static final String REGULATED = "value != '" + AircoFaults.NO_READING.code() + "' and (" + SENSED + ")";

    static List<Entity> of(ThermostatSettings settings) {
        List<Entity> entities = new ArrayList<>();
        if (settings.regulates()) {
            AircoSettings airco = settings.airco();
            entities.add(climate(airco));
            airco.relays().keySet().forEach(side -> entities.add(relay(side)));
            entities.add(Entity.sensor("reason", "Reason", Reason.TOPIC)
                    .reads("value_json.because")
                    .with("json_attributes_topic", Reason.TOPIC)
                    .diagnostic());
        }
        if (settings.senses()) {
            entities.add(Entity.sensor("temperature", "Temperature", Common.TEMPERATURE)
                    .measures("temperature", "°C")
                    .with("suggested_display_precision", 1L)
                    .lives(settings.sensor().staleAfter())
                    .onlyWhile(Common.FAULT, SENSED));
        }
        return entities;
    }

    /** Where the room's temperature is not known it is not there: Home Assistant would go on showing the last one. */
    private static Entity climate(AircoSettings airco) {
        return current(Entity.of("climate", "climate", ""), airco.sources().get(0))
                .with("modes", modes(airco))
                .with("mode_command_topic", AircoTopics.MODE_SET)
                .with("mode_state_topic", AircoTopics.MODE)
                .with("action_topic", AircoTopics.ACTION)
                .with("temperature_command_topic", AircoTopics.TARGET_SET)
                .with("temperature_state_topic", AircoTopics.TARGET)
                .with("min_temp", AircoSettings.LOWEST_TARGET)
                .with("max_temp", AircoSettings.HIGHEST_TARGET)
                .with("temp_step", AircoSettings.TARGET_STEP)
                .with("precision", 0.1)
                .with("temperature_unit", "C")
                .with("preset_modes", Entity.words(AircoTopics.PRESETS, List.of(Preset.values())))
                .with("preset_mode_command_topic", AircoTopics.PRESET_SET)
                .with("preset_mode_state_topic", AircoTopics.PRESET)
                .onlyWhile(Common.FAULT, REGULATED);
    }

    /** Of several sources the first: it is one thermometer in a card. */
    private static Entity current(Entity climate, String source) {
        String topic = "current_temperature_topic";
        if (OtherSensor.isMeant(source)) {
            OtherSensor other = OtherSensor.of(source);
            Entity of = climate.with(topic, new Elsewhere.Whole(other.topic()));
            return other.template()
                    .map(template -> of.with("current_temperature_template", template))
                    .orElse(of);
        }
        return source.equals(AircoSettings.LOCAL)
                ? climate.with(topic, Common.TEMPERATURE)
                : climate.with(topic, new Elsewhere.OfNode(source, Common.TEMPERATURE));
    }

    private static Entity relay(Side side) {
        String doing = Entity.words(AircoTopics.ACTIONS, List.of(side.action())).get(0);
        String name = side == Side.HEAT ? "Heating" : "Cooling";
        return Entity.binarySensor(side.output(), name, AircoTopics.ACTION, "value == '" + doing + "'")
                .is("running");
    }

    /** Those that the relays there are can do. */
    private static List<String> modes(AircoSettings airco) {
        List<Mode> can = Stream.of(Mode.values())
                .filter(mode -> Stream.of(Side.values()).allMatch(side -> airco.has(side) || !mode.allows(side)))
                .toList();
        return Entity.words(AircoTopics.MODES, can);
    }
}
