package hearth.valve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.Incoming;
import hearth.testkit.MemoryStorage;
import hearth.testkit.VirtualNodes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ValveNodeTest {

    private final VirtualNodes nodes = new VirtualNodes(new MemoryStorage());

    @Test
    void aCommandOpensTheValveAndHomeAssistantShowsIt() {
        var board = nodes.start(new ValveNode(), "valve", "valve.gpio = 22");

        publish("open/set");

        assertThat(board.isOn(22)).isTrue();
        assertThat(stored("home/valve/position")).isEqualTo("open");
        assertThat(stored("homeassistant/device/valve/config")).contains("hearth-valve-soil");
    }

    private void publish(String topic) {
        nodes.broker()
                .publish(
                        new Incoming(
                                "home/valve/" + topic,
                                "PRESS".getBytes(UTF_8),
                                false,
                                Incoming.ABSENT,
                                Incoming.ABSENT),
                        1);
        nodes.advance(Duration.ofSeconds(1));
    }

    private String stored(String topic) {
        return nodes.broker()
                .stored(topic)
                .map(message -> new String(message.payload(), UTF_8))
                .orElse("nothing");
    }
}
