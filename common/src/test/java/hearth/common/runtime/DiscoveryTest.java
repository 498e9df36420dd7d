package hearth.common.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.discovery.Entity;
import hearth.common.discovery.Form;
import hearth.common.discovery.HomeAssistant;
import hearth.common.hal.MemoryHal;
import hearth.common.message.Common;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Conversation;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.StandInBus;
import hearth.common.mqtt.Subscription;
import hearth.common.store.StateFile;
import hearth.common.value.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T08:00:00Z");
    private static final String DEVICE = "homeassistant/device/airco/config";
    private static final Entity TEMPERATURE = Entity.sensor("temperature", "Temperature", Common.TEMPERATURE);
    private static final Entity OUTSIDE = Entity.sensor("outside", "Outside", Common.TEMPERATURE);

    @TempDir
    private Path memory;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final Recorder bus = new Recorder();

    @Test
    void aDeviceIsOneRetainedMessage() {
        begin(Form.DEVICE, TEMPERATURE);

        assertThat(bus.topics()).containsExactly("keep " + DEVICE);
        assertThat(bus.said.get(0))
                .contains("\"temperature\":{\"p\":\"sensor\"")
                .contains("hearth-airco-temperature");
    }

    @Test
    void inTheOtherFormEachEntityIsOne() {
        begin(Form.COMPONENT, TEMPERATURE);

        assertThat(bus.topics())
                .hasSize(1 + EveryNode.ENTITIES.size())
                .startsWith("keep homeassistant/sensor/airco/temperature/config")
                .contains("keep homeassistant/button/airco/reset/config");
    }

    @Test
    void whatIsTooLargeForABrokersPacketIsShownOneByOne() {
        Entity[] many = IntStream.range(0, 40)
                .mapToObj(i -> Entity.sensor("s" + i, "A sensor", Common.TEMPERATURE))
                .toArray(Entity[]::new);

        begin(Form.DEVICE, many);

        assertThat(bus.topics())
                .hasSize(many.length + EveryNode.ENTITIES.size())
                .doesNotContain("keep " + DEVICE)
                .contains("keep homeassistant/sensor/airco/s39/config");
    }

    @Test
    void aSecondStartSaysTheVerySame() {
        begin(Form.DEVICE, TEMPERATURE);
        List<String> first = List.copyOf(bus.said);

        bus.said.clear();
        begin(Form.DEVICE, TEMPERATURE);

        assertThat(bus.said).isEqualTo(first);
    }

    @Test
    void whatIsThereNoMoreIsTakenOutOfTheDevice() {
        begin(Form.DEVICE, TEMPERATURE, OUTSIDE);
        for (int start = 0; start < 2; start++) { // Home Assistant may not have been there the first time.
            bus.said.clear();
            begin(Form.DEVICE, TEMPERATURE);

            assertThat(bus.said).hasSize(1);
            assertThat(bus.said.get(0)).contains("\"outside\":{\"p\":\"sensor\"},");
        }

        bus.said.clear();
        begin(Form.DEVICE, TEMPERATURE, OUTSIDE);
        assertThat(bus.said.get(0)).contains("\"outside\":{\"p\":\"sensor\",\"name\":\"Outside\"");
    }

    @Test
    void whatIsThereNoMoreIsTakenBackOneByOne() {
        begin(Form.COMPONENT, TEMPERATURE, OUTSIDE);
        bus.said.clear();

        begin(Form.COMPONENT, TEMPERATURE);

        assertThat(bus.said).contains("keep homeassistant/sensor/airco/outside/config ");
    }

    @Test
    void theOtherFormIsAnnouncedThenShownThenTheOldTakenBack() {
        begin(Form.COMPONENT, TEMPERATURE);
        bus.said.clear();

        begin(Form.DEVICE, TEMPERATURE);

        int entities = 1 + EveryNode.ENTITIES.size();
        assertThat(bus.said).hasSize(entities + 1 + entities);
        assertThat(bus.said.subList(0, entities))
                .allMatch(said ->
                        said.startsWith("say homeassistant/") && said.endsWith("/config {\"migrate_discovery\":true}"));
        assertThat(bus.said.get(entities)).startsWith("keep " + DEVICE + " {");
        assertThat(bus.said.subList(entities + 1, bus.said.size()))
                .allMatch(said -> said.startsWith("keep homeassistant/") && said.endsWith("/config "));

        bus.said.clear();
        begin(Form.COMPONENT, TEMPERATURE);
        assertThat(bus.said).startsWith("say " + DEVICE + " {\"migrate_discovery\":true}");
        assertThat(bus.said).endsWith("keep " + DEVICE + " ");
    }

    @Test
    void offTakesBackWhatWasShown() {
        begin(Form.DEVICE, TEMPERATURE);
        bus.said.clear();

        begin(Form.OFF, TEMPERATURE);

        assertThat(bus.said).containsExactly("keep " + DEVICE + " ");
    }

    @Test
    void whoNeverShowedAnythingSaysNothingAndListensToNobody() {
        begin(Form.OFF, TEMPERATURE);

        assertThat(bus.said).isEmpty();
        assertThat(bus.listeners).isEmpty();
        assertThat(memory).isEmptyDirectory();
    }

    @Test
    void aDamagedMemoryIsNoReasonToStayHidden() throws IOException {
        Files.writeString(memory.resolve("airco.discovery.state"), "hearth-state 1\nform = dev");

        begin(Form.DEVICE, TEMPERATURE);

        assertThat(bus.topics()).containsExactly("keep " + DEVICE);
    }

    @Test
    void whenHomeAssistantHasStartedEverythingIsSaidAgainWithinFiveSeconds() {
        begin(Form.DEVICE, TEMPERATURE);
        bus.said.clear();

        hear("online", false);
        hear("online", false); // It says so itself, and its add-on once more.
        timers.pass(Duration.ofSeconds(5));

        assertThat(bus.said).containsExactly("again");
    }

    @Test
    void itsLastWillAndAnOldBirthAreNoBirth() {
        begin(Form.DEVICE, TEMPERATURE);
        bus.said.clear();

        hear("offline", false);
        hear("online", true);
        timers.pass(Duration.ofMinutes(1));

        assertThat(bus.said).isEmpty();
    }

    @Test
    void nodesAnswerABirthAtDifferentTimesAndEachAtItsOwn() {
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
    void aBrokerThatForgotIsShownTheNodeAgain() {
        MemoryBroker broker = new MemoryBroker(timers.clock(), Pace.REAL, timers.worker("broker"));
        Bus real = broker.bus("airco", "home/airco/status");
        begin(Form.DEVICE, "airco", real, TEMPERATURE);
        real.connect(Duration.ZERO);
        timers.pass(Duration.ofSeconds(1));
        Incoming shown = broker.stored(DEVICE).orElseThrow();

        broker.stop();
        broker.start(true);
        assertThat(broker.stored(DEVICE)).isEmpty();
        timers.pass(Duration.ofSeconds(10));

        assertThat(broker.stored(DEVICE).orElseThrow().payload()).isEqualTo(shown.payload());
    }

    private Duration wait(String name) {
        Recorder one = new Recorder();
        begin(Form.DEVICE, name, one, TEMPERATURE);
        one.said.clear();
        Instant from = timers.clock().instant();
        one.listeners.get(HomeAssistant.BIRTH).accept(birth("online", false));
        while (one.said.isEmpty()) {
            assertThat(Duration.between(from, timers.clock().instant())).isLessThan(Duration.ofSeconds(6));
            timers.pass(Duration.ofMillis(1));
        }
        return Duration.between(from, timers.clock().instant());
    }

    private void hear(String word, boolean retained) {
        bus.listeners.get(HomeAssistant.BIRTH).accept(birth(word, retained));
    }

    private static Incoming birth(String word, boolean retained) {
        return new Incoming(HomeAssistant.BIRTH, word.getBytes(UTF_8), retained, Incoming.ABSENT, Incoming.ABSENT);
    }

    private void begin(Form form, Entity... entities) {
        begin(form, "airco", bus, entities);
    }

    private void begin(Form form, String name, Bus bus, Entity... entities) {
        HomeAssistant house = new HomeAssistant("home", name, "thermostat-node", "1.2.3", Pace.REAL, true);
        Site site = new Site(
                new MemoryHal(),
                new Conversation(bus, "home", name, timers.clock(), Pace.REAL),
                timers,
                WallClock.simulated(timers.clock(), ZoneOffset.UTC),
                new Keeper(new StateFile(memory, name), timers),
                "boot",
                new AtomicLong());
        Discovery.begin(form, house, List.of(entities), site, new StateFile(memory, name + ".discovery"));
        timers.pass(Duration.ZERO);
    }

    /** A bus that only listens. */
    private static final class Recorder extends StandInBus {
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
        public void sayAgain() {
            said.add("again");
        }

        @Override
        public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
            listeners.put(subscription.topic(), listener);
            return true;
        }
    }
}
