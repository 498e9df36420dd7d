package hearth.proving.year;

import hearth.common.message.HistoryReading;
import hearth.common.message.Malformed;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Decoder;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A program that collects the readings that nodes stored while the broker was away. */
final class HistoryConsumer {

    private static final String NAME = "archive";

    private final Set<String> ids = new HashSet<>();

    HistoryConsumer(MemoryBroker broker, String prefix, List<String> nodes) {
        Bus bus = broker.bus(NAME, prefix + "/" + NAME + "/status");
        for (String node : nodes) {
            bus.subscribe(
                    new Subscription(HistoryReading.TOPIC.of(prefix, node), HistoryReading.TOPIC.qos(), false),
                    message -> ids.add(id(message.payload())),
                    Duration.ZERO);
        }
        bus.connect(Duration.ZERO);
    }

    /** The number of different readings. */
    int readings() {
        return ids.size();
    }

    private static String id(byte[] payload) {
        try {
            return HistoryReading.TOPIC.codec().read(Decoder.decode(payload)).id();
        } catch (Malformed e) {
            throw new IllegalStateException("a node published a reading that cannot be decoded", e);
        }
    }
}
