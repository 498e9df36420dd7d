package hearth.proving;

import static hearth.testkit.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.json.Json;
import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Decoder;
import hearth.common.runtime.NodeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Fuzz target for payloads: parses the input as a payload of a topic, which the first letter selects. */
public final class PayloadFuzzTarget {

    private static final List<Topic<?>> TOPICS = topics();

    private PayloadFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Topic<?> topic = TOPICS.get((input[0] & 0xFF) % TOPICS.size());
        try {
            read(topic, Arrays.copyOfRange(input, 2, input.length));
        } catch (Malformed e) {
            require(e.reason().length() <= 200, "a reason fits in a line of the log", e.reason());
            require(e.reason().chars().noneMatch(Character::isISOControl), "a reason is printable", e.reason());
        }
    }

    /** A parsed value is written and parsed again, and must be the same. */
    private static <T> void read(Topic<T> topic, byte[] bytes) throws Malformed {
        Payload payload = Decoder.decode(bytes);
        String id = Command.idOf(payload);
        require(id.matches("[A-Za-z0-9._:-]{0,64}"), "an id is harmless", id);
        T message = topic.kind() == Topic.Kind.COMMAND
                ? Command.read(topic.name(), topic.codec(), payload, Instant.MAX)
                        .value()
                : topic.codec().read(payload);
        Payload written = topic.codec().write(message);
        String text = written instanceof Payload.Fields fields ? Json.write(fields) : ((Payload.Text) written).text();
        T again = topic.codec().read(Decoder.decode(text.getBytes(UTF_8)));
        require(topic.codec().write(again).equals(written), "what was read is what is written", text);
    }

    /** All topics to which a node subscribes, sorted by name. */
    private static List<Topic<?>> topics() {
        Map<String, Topic<?>> topics = new TreeMap<>();
        RenderedDocsTest.devices().stream()
                .flatMap(nodeType -> Stream.concat(nodeType.topics().stream(), NodeType.COMMON_TOPICS.stream()))
                .filter(topic -> topic.kind() == Topic.Kind.COMMAND
                        || List.of("temperature", "approach").contains(topic.name()))
                .forEach(topic -> topics.put(topic.name(), topic));
        return List.copyOf(topics.values());
    }
}
