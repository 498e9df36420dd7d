package hearth.common.homeassistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeStorage;
import hearth.common.store.StateFile;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.bus.StubBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryPublisherTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T08:00:00Z");
    private static final String DEVICE = "homeassistant/device/airco/config";
    private static final Entity TEMPERATURE = Entity.sensor("temperature", "Temperature", CommonTopics.TEMPERATURE);
    private static final Entity OUTSIDE = Entity.sensor("outside", "Outside", CommonTopics.TEMPERATURE);

    @TempDir
    private Path memory;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final RecordingBus bus = new RecordingBus();

    @Test
    void aDeviceIsOneRetainedMessage() {
        begin(DiscoveryFormat.DEVICE, TEMPERATURE);

        assertThat(bus.topics()).containsExactly("keep " + DEVICE);
        assertThat(bus.said.get(0))
                .contains("\"temperature\":{\"p\":\"sensor\"")
                .contains("hearth-airco-temperature");
    }

    @Test
    void inTheComponentFormatEachEntityIsOneMessage() {
        begin(DiscoveryFormat.COMPONENT, TEMPERATURE);

        assertThat(bus.topics())
                .hasSize(1 + CommonEntities.ENTITIES.size())
                .startsWith("keep homeassistant/sensor/airco/temperature/config")
                .contains("keep homeassistant/button/airco/reset/config");
    }

    @Test
    void aMessageTooLargeForTheBrokerIsSplitIntoOnePerEntity() {
        Entity[] many = IntStream.range(0, 40)
                .mapToObj(i -> Entity.sensor("s" + i, "A sensor", CommonTopics.TEMPERATURE))
                .toArray(Entity[]::new);

        begin(DiscoveryFormat.DEVICE, many);

        assertThat(bus.topics())
                .hasSize(many.length + CommonEntities.ENTITIES.size())
                .doesNotContain("keep " + DEVICE)
                .contains("keep homeassistant/sensor/airco/s39/config");
    }

    @Test
    void aSecondStartPublishesTheSameMessages() {
        begin(DiscoveryFormat.DEVICE, TEMPERATURE);
        List<String> first = List.copyOf(bus.said);

        bus.said.clear();
        begin(DiscoveryFormat.DEVICE, TEMPERATURE);

        assertThat(bus.said).isEqualTo(first);
    }

    @Test
    void aRemovedEntityIsRemovedFromTheDeviceMessage() {
        begin(DiscoveryFormat.DEVICE, TEMPERATURE, OUTSIDE);
        for (int start = 0; start < 2; start++) { // Home Assistant may not have been running the first time.
            bus.said.clear();
            begin(DiscoveryFormat.DEVICE, TEMPERATURE);

            assertThat(bus.said).hasSize(1);
            assertThat(bus.said.get(0)).contains("\"outside\":{\"p\":\"sensor\"},");
        }

        bus.said.clear();
        begin(DiscoveryFormat.DEVICE, TEMPERATURE, OUTSIDE);
        assertThat(bus.said.get(0)).contains("\"outside\":{\"p\":\"sensor\",\"name\":\"Outside\"");
    }

    @Test
    void removedEntitiesAreDeletedOneByOne() {
        begin(DiscoveryFormat.COMPONENT, TEMPERATURE, OUTSIDE);
        bus.said.clear();

        begin(DiscoveryFormat.COMPONENT, TEMPERATURE);

        assertThat(bus.said).contains("keep homeassistant/sensor/airco/outside/config ");
    }

    @Test
    void aChangeOfFormatIsAnnouncedThenPublishedThenTheOldIsDeleted() {
        begin(DiscoveryFormat.COMPONENT, TEMPERATURE);
        bus.said.clear();

        begin(DiscoveryFormat.DEVICE, TEMPERATURE);

        int entities = 1 + CommonEntities.ENTITIES.size();
        assertThat(bus.said).hasSize(entities + 1 + entities);
        assertThat(bus.said.subList(0, entities))
                .allMatch(message -> message.startsWith("say homeassistant/")
                        && message.endsWith("/config {\"migrate_discovery\":true}"));
        assertThat(bus.said.get(entities)).startsWith("keep " + DEVICE + " {");
        assertThat(bus.said.subList(entities + 1, bus.said.size()))
                .allMatch(message -> message.startsWith("keep homeassistant/") && message.endsWith("/config "));

        bus.said.clear();
        begin(DiscoveryFormat.COMPONENT, TEMPERATURE);
        assertThat(bus.said).startsWith("say " + DEVICE + " {\"migrate_discovery\":true}");
        assertThat(bus.said).endsWith("keep " + DEVICE + " ");
    }

    @Test
    void offDeletesAllDiscoveryMessages() {
        begin(DiscoveryFormat.DEVICE, TEMPERATURE);
        bus.said.clear();

        begin(DiscoveryFormat.OFF, TEMPERATURE);

        assertThat(bus.said).containsExactly("keep " + DEVICE + " ");
    }

    @Test
    void aNodeThatNeverUsedDiscoveryPublishesAndSubscribesNothing() {
        begin(DiscoveryFormat.OFF, TEMPERATURE);

        assertThat(bus.said).isEmpty();
        assertThat(bus.listeners).isEmpty();
        assertThat(memory).isEmptyDirectory();
    }

    @Test
    void damagedSavedStateDoesNotPreventDiscovery() throws IOException {
        Files.writeString(memory.resolve("airco.discovery.state"), "hearth-state 1\nform = dev");

        begin(DiscoveryFormat.DEVICE, TEMPERATURE);

        assertThat(bus.topics()).containsExactly("keep " + DEVICE);
    }

    @Test
    void afterHomeAssistantHasStartedEverythingIsPublishedAgainWithinFiveSeconds() {
        begin(DiscoveryFormat.DEVICE, TEMPERATURE);
        bus.said.clear();

        hear("online", false);
        hear("online", false); // Published by Home Assistant, and again by its add-on.
        timers.advance(Duration.ofSeconds(5));

        assertThat(bus.said).containsExactly("again");
    }

    @Test
    void aLastWillAndARetainedBirthMessageAreIgnored() {
        begin(DiscoveryFormat.DEVICE, TEMPERATURE);
        bus.said.clear();

        hear("offline", false);
        hear("online", true);
        timers.advance(Duration.ofMinutes(1));

        assertThat(bus.said).isEmpty();
    }

    @Test
    void nodesAnswerABirthMessageAtDifferentButFixedDelays() {
        List<Duration> waits =
                IntStream.range(0, 20).mapToObj(i -> wait("node-" + i)).toList();

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(5)) <= 0);
        assertThat(waits.stream().mapToLong(Duration::toMillis).max().orElseThrow()
                        - waits.stream().mapToLong(Duration::toMillis).min().orElseThrow())
                .as("spread, in ms")
                .isGreaterThan(3000);
        assertThat(waits.stream().distinct().count()).isGreaterThan(15);
        assertThat(wait("node-7")).isEqualTo(waits.get(7));
    }

    @Test
    void aBrokerThatLostItsDataReceivesTheDiscoveryMessagesAgain() {
        MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
        Bus real = broker.bus("airco", "home/airco/status");
        begin(DiscoveryFormat.DEVICE, "airco", real, TEMPERATURE);
        real.connect(Duration.ZERO);
        timers.advance(Duration.ofSeconds(1));
        Incoming shown = broker.stored(DEVICE).orElseThrow();

        broker.stop();
        broker.start(true);
        assertThat(broker.stored(DEVICE)).isEmpty();
        timers.advance(Duration.ofSeconds(10));

        assertThat(broker.stored(DEVICE).orElseThrow().payload()).isEqualTo(shown.payload());
    }

    private Duration wait(String name) {
        RecordingBus one = new RecordingBus();
        begin(DiscoveryFormat.DEVICE, name, one, TEMPERATURE);
        one.said.clear();
        Instant from = timers.clock().instant();
        one.listeners.get(DiscoveryMessages.BIRTH).accept(birth("online", false));
        while (one.said.isEmpty()) {
            assertThat(Duration.between(from, timers.clock().instant())).isLessThan(Duration.ofSeconds(6));
            timers.advance(Duration.ofMillis(1));
        }
        return Duration.between(from, timers.clock().instant());
    }

    private void hear(String word, boolean retained) {
        bus.listeners.get(DiscoveryMessages.BIRTH).accept(birth(word, retained));
    }

    private static Incoming birth(String word, boolean retained) {
        return new Incoming(DiscoveryMessages.BIRTH, word.getBytes(UTF_8), retained, Incoming.ABSENT, Incoming.ABSENT);
    }

    private void begin(DiscoveryFormat format, Entity... entities) {
        begin(format, "airco", bus, entities);
    }

    private void begin(DiscoveryFormat format, String name, Bus bus, Entity... entities) {
        DiscoveryMessages messages =
                new DiscoveryMessages("home", name, "thermostat-node", "1.2.3", TimeScale.REAL_TIME, true);
        NodeContext context = NodeAssembly.context(
                TestNodes.common(name),
                TestNodes.platform(new MemoryHal(), bus, timers, NodeStorage.in(memory), "boot"));
        DiscoveryPublisher.start(
                format, messages, List.of(entities), context, new StateFile(memory, name + ".discovery"));
        timers.advance(Duration.ZERO);
    }

    /** A bus that only records. */
    private static final class RecordingBus extends StubBus {
        private final List<String> said = new ArrayList<>();
        private final Map<String, Consumer<Incoming>> listeners = new HashMap<>();

        private List<String> topics() {
            return said.stream()
                    .map(all -> String.join(" ", List.of(all.split(" ", 3)).subList(0, 2)))
                    .toList();
        }

        @Override
        public void publish(Outgoing message, Consumer<Boolean> settled) {
            said.add((message.retained() ? "keep " : "say ") + message.topic() + " "
                    + new String(message.payload(), UTF_8));
        }

        @Override
        public void republishAll() {
            said.add("again");
        }

        @Override
        public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
            listeners.put(subscription.topic(), listener);
            return true;
        }
    }
}
