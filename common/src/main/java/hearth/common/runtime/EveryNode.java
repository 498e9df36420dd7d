package hearth.common.runtime;

import hearth.common.discovery.Entity;
import hearth.common.message.Common;
import java.util.List;

/** What every node shows of itself: how it is. */
public final class EveryNode {

    private EveryNode() {}

    public static final List<Entity> ENTITIES = List.of(
            Entity.binarySensor("online", "Online", Common.STATUS, "value == 'online'")
                    .is("connectivity")
                    .diagnostic()
                    .onlyWhile(Common.STATUS, "true"), // Or it would be unknown when it has something to say.
            Entity.binarySensor("problem", "Problem", Common.FAULT, "value not in ['none', '']")
                    .is("problem")
                    .diagnostic(),
            Entity.sensor("fault", "Fault", Common.FAULT).diagnostic(),
            Entity.sensor("uptime", "Uptime", Health.TOPIC)
                    .reads("value_json.uptime_s")
                    .measures("duration", "s")
                    .with("json_attributes_topic", Health.TOPIC)
                    .diagnostic(),
            Entity.sensor("processor", "Processor", Health.TOPIC)
                    .reads("value_json.cpu_c")
                    .measures("temperature", "°C")
                    .diagnostic(),
            Entity.button("reset", "Clear fault", Common.RESET)
                    .with("payload_press", "PRESS")
                    .config());
}
