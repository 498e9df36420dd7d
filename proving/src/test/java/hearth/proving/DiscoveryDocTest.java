package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.homeassistant.CommonEntities;
import hearth.common.homeassistant.DiscoveryFormat;
import hearth.common.homeassistant.DiscoveryMessages;
import hearth.common.homeassistant.Entity;
import hearth.common.message.Topic;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.value.TimeScale;
import hearth.testkit.modules.NodeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every kind of node shows to Home Assistant, in both forms: as the files in {@code docs/discovery} say, and as Home
 * Assistant's documentation wants it. Written anew as {@link RenderedDocsTest} says.
 */
class DiscoveryDocTest {

    /** The shipped broker takes no larger packet. */
    private static final int LARGEST_PACKET = 5000;

    /** Of a message with QoS 1: its kind, its length, its topic's length, its number, its properties. */
    private static final int HEAD = 1 + 2 + 2 + 2 + 1;

    record DiscoveredNode<C>(String name, NodeType<C> nodeType, List<String> settings) {

        List<Entity> entities() {
            try {
                C read = Settings.of("test.conf", String.join("\n", settings)).check(nodeType::readSettings);
                return Stream.concat(nodeType.entities(read).stream(), CommonEntities.ENTITIES.stream())
                        .toList();
            } catch (BadSettings e) {
                throw new AssertionError(e);
            }
        }

        Map<String, String> discoveryMessages(DiscoveryFormat format, boolean obeys) {
            return new DiscoveryMessages("home", name, nodeType.program(), "0.1.0", TimeScale.REAL_TIME, obeys)
                    .messages(format, entities(), List.of());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<DiscoveredNode<?>> nodes() {
        return NodeModule.all().stream()
                .flatMap(module -> module.examples().entrySet().stream()
                        .map(example -> new DiscoveredNode<>(example.getKey(), module.nodeType(), example.getValue())))
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void eachNodeShowsWhatItsFilesSay(DiscoveredNode<?> node) throws IOException {
        for (DiscoveryFormat format : List.of(DiscoveryFormat.DEVICE, DiscoveryFormat.COMPONENT)) {
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, String> message :
                    node.discoveryMessages(format, true).entrySet()) {
                text.append(message.getKey()).append('\n');
                text.append(JsonTree.indented(message.getValue())).append("\n\n");
            }
            RenderedDocs.assertUpToDate(
                    "discovery/" + node.name + "." + (format == DiscoveryFormat.DEVICE ? "device" : "component")
                            + ".txt",
                    text);
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void homeAssistantTakesAllOfIt(DiscoveredNode<?> node) {
        for (boolean obeys : List.of(true, false)) {
            List<String> wrong = new ArrayList<>();
            each(node, obeys, (topic, message) -> wrong.addAll(DiscoverySchema.problems(topic, message)));

            assertThat(wrong).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void eachMessageFitsIntoAPacket(DiscoveredNode<?> node) {
        for (DiscoveryFormat format : List.of(DiscoveryFormat.DEVICE, DiscoveryFormat.COMPONENT)) {
            int largest = 0;
            int all = 0;
            for (Map.Entry<String, String> message :
                    node.discoveryMessages(format, true).entrySet()) {
                int packet = HEAD
                        + message.getKey().getBytes(UTF_8).length
                        + message.getValue().getBytes(UTF_8).length;
                largest = Math.max(largest, packet);
                all += packet;
            }
            System.out.printf("discovery of %s as %s: %d bytes, the largest packet %d%n", node, format, all, largest);

            assertThat(largest).isLessThanOrEqualTo(LARGEST_PACKET);
        }
    }

    /** Where it reads it reads a state, where it writes it writes a command: of this node, or another's temperature. */
    @ParameterizedTest
    @MethodSource("nodes")
    void whatIsNamedIsThere(DiscoveredNode<?> node) {
        Set<String> commands = new HashSet<>();
        Set<String> others = new HashSet<>(Set.of("home/sensor/temperature", "zigbee2mqtt/Attic"));
        Stream.concat(NodeType.COMMON_TOPICS.stream(), node.nodeType.topics().stream())
                .forEach(topic ->
                        (topic.kind() == Topic.Kind.COMMAND ? commands : others).add(topic.of("home", node.name)));

        each(
                node,
                true,
                (topic, message) -> topicsIn(message, (option, named) -> {
                    boolean order = option.equals("cmd_t") || option.endsWith("_cmd_t");
                    assertThat(order ? commands : others)
                            .as("%s of %s", option, topic)
                            .contains(named);
                }));
    }

    @Test
    void noTwoThingsInTheHouseHaveOneId() {
        List<String> ids = new ArrayList<>();
        for (DiscoveredNode<?> node : nodes()) {
            node.discoveryMessages(DiscoveryFormat.COMPONENT, true)
                    .values()
                    .forEach(text -> ids.add(read(text).get("uniq_id").toString()));
        }

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith("hearth-"));
        assertThat(ids).contains("hearth-sensor-temperature", "hearth-living-room-climate");
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void bothFormsShowTheSame(DiscoveredNode<?> node) {
        Map<String, Object> device = read(node.discoveryMessages(DiscoveryFormat.DEVICE, true)
                .values()
                .iterator()
                .next());
        Map<?, ?> components = (Map<?, ?>) device.get("cmps");

        assertThat(components)
                .hasSize(node.discoveryMessages(DiscoveryFormat.COMPONENT, true).size());
        node.discoveryMessages(DiscoveryFormat.COMPONENT, true).forEach((topic, text) -> {
            Map<String, Object> alone = read(text);
            Map<?, ?> inDevice = (Map<?, ?>) components.get(topic.split("/", -1)[3]);
            assertThat(alone.get("dev")).isEqualTo(device.get("dev"));
            assertThat(inDevice.get("p")).isEqualTo(topic.split("/", -1)[1]);
            inDevice.forEach((option, value) -> {
                if (!option.equals("p")) {
                    assertThat(alone.get(option.toString()))
                            .as("%s of %s", option, topic)
                            .isEqualTo(value);
                }
            });
        });
    }

    @Test
    void whoObeysSignedCommandsOnlyShowsNothingToPress() {
        for (DiscoveredNode<?> node : nodes()) {
            each(node, false, (topic, message) -> {
                assertThat(topic).doesNotContain("/button/");
                topicsIn(message, (option, named) -> assertThat(named).doesNotEndWith("/set"));
            });
        }
    }

    private static void each(DiscoveredNode<?> node, boolean obeys, BiConsumer<String, Map<String, Object>> look) {
        for (DiscoveryFormat format : List.of(DiscoveryFormat.DEVICE, DiscoveryFormat.COMPONENT)) {
            node.discoveryMessages(format, obeys).forEach((topic, text) -> look.accept(topic, read(text)));
        }
    }

    private static void topicsIn(Object message, BiConsumer<String, String> look) {
        if (message instanceof Map<?, ?> map) {
            map.forEach((option, value) -> {
                if (value instanceof String text
                        && (option.equals("t") || option.toString().endsWith("_t"))) {
                    look.accept(option.toString(), text);
                }
                topicsIn(value, look);
            });
        } else if (message instanceof List<?> list) {
            list.forEach(one -> topicsIn(one, look));
        }
    }

    private static Map<String, Object> read(String text) {
        try {
            return JsonTree.of(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
