package hearth.common.homeassistant;

import hearth.common.message.CommonTopics;
import hearth.common.runtime.Health;
import java.util.List;

/** The entities of every node: online, faults, uptime, processor temperature. */
public final class CommonEntities {

    private CommonEntities() {}

    public static final List<Entity> ENTITIES = List.of(
            Entity.binarySensor("online", "Online", CommonTopics.STATUS, "value == 'online'")
                    .deviceClass("connectivity")
                    .diagnostic()
                    .availableWhile(CommonTopics.STATUS, "true"), // Otherwise unavailable instead of off.
            Entity.binarySensor("problem", "Problem", CommonTopics.FAULT, "value not in ['none', '']")
                    .deviceClass("problem")
                    .diagnostic(),
            Entity.sensor("fault", "Fault", CommonTopics.FAULT).diagnostic(),
            Entity.sensor("uptime", "Uptime", Health.TOPIC)
                    .withValueTemplate("value_json.uptime_s")
                    .measurement("duration", "s")
                    .with("json_attributes_topic", Health.TOPIC)
                    .diagnostic(),
            Entity.sensor("processor", "Processor", Health.TOPIC)
                    .withValueTemplate("value_json.cpu_c")
                    .measurement("temperature", "°C")
                    .diagnostic(),
            Entity.button("reset", "Clear fault", CommonTopics.RESET)
                    .with("payload_press", "PRESS")
                    .configuration());
}
