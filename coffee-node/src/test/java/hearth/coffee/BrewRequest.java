package hearth.coffee;

import hearth.common.message.Approach;
import hearth.common.mqtt.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The two requests for a brew, and their messages. */
enum BrewRequest {
    /** Two estimates of one trip, a minute apart. */
    APPROACH("car/" + Approach.TOPIC.name(), Duration.ofMinutes(10), true) {
        @Override
        List<String> payloads() {
            return List.of("{\"trip\":\"trip-1\",\"eta_s\":600}", "{\"trip\":\"trip-1\",\"eta_s\":540}");
        }
    },
    /** Two commands of an owner. */
    COMMAND("coffee/" + CoffeeTopics.BREW.name(), Duration.ofMinutes(1), false) {
        @Override
        List<String> payloads() {
            return List.of("{\"id\":\"one\",\"value\":\"PRESS\"}", "{\"id\":\"two\",\"value\":\"PRESS\"}");
        }
    };

    private final String topic;
    private final Duration expiry;
    private final boolean retained;

    BrewRequest(String topic, Duration expiry, boolean retained) {
        this.topic = topic;
        this.expiry = expiry;
        this.retained = retained;
    }

    abstract List<String> payloads();

    Duration expiry() {
        return expiry;
    }

    Outgoing message(String payload, boolean alwaysRetained, Instant now) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new Outgoing("home/" + topic, bytes, 2, retained || alwaysRetained, now.plus(expiry));
    }
}
