package hearth.common.runtime;

import hearth.common.json.Json;
import hearth.common.message.Payload;
import java.time.Duration;
import java.util.OptionalDouble;

/** Health messages of a node, for tests of their subscribers. */
public final class HealthMessages {

    private HealthMessages() {}

    /** @param processorC its temperature in °C; not every board has one */
    public static String json(OptionalDouble processorC) {
        Health health = new Health(Duration.ofMinutes(10), "0.1.0", 1, 0, 0, 2, 3, 4, processorC);
        return Json.write((Payload.Fields) Health.TOPIC.codec().write(health));
    }
}
