package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeStorage;
import hearth.common.value.Fix;
import hearth.testkit.MemoryHal;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.bus.StubBus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole device, from the receiver to the bytes at the broker, in virtual time. */
final class CarNodeTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
    private static final String HOME = "car.home = 52.3731, 4.8926";

    @Test
    void aDriveHomeAndAPowerCutOnTheWay(@TempDir Path memory) {
        VirtualTimers timers = new VirtualTimers(BEGIN);
        RecordingBroker ear = new RecordingBroker(timers);
        MemoryHal car = new MemoryHal();

        VirtualTimers.Machine firstBoot = timers.machine(Duration.ZERO);
        start(car, firstBoot, ear, memory, "3f2a9c1d", HOME);
        for (int metres = 13_000; metres > 6_000; metres -= 20) {
            car.emitFix(new Fix(CarScenario.at(metres), 8));
            timers.advance(Duration.ofSeconds(1));
        }
        firstBoot.cutPower();
        start(car, timers.machine(Duration.ZERO), ear, memory, "77777777", HOME);
        for (int metres = 6_000; metres >= 0; metres -= 20) {
            car.emitFix(new Fix(CarScenario.at(metres), 8));
            timers.advance(Duration.ofSeconds(1));
        }

        assertThat(ear.messages("approach"))
                .containsExactly(
                        "{\"trip\":\"3f2a9c1d-1\",\"eta_s\":600} for 600 s",
                        "{\"trip\":\"3f2a9c1d-1\",\"eta_s\":280} for 280 s");
        assertThat(ear.messages("presence")).containsExactly("away", "approaching", "away", "approaching", "home");
        assertThat(ear.messages("distance")).startsWith("13", "12").endsWith("2", "1", "0");
        assertThat(ear.messages("fault")).containsExactly("none", "none");
    }

    @Test
    void whereItIsNeverLeavesTheCar(@TempDir Path memory) {
        VirtualTimers timers = new VirtualTimers(BEGIN);
        RecordingBroker ear = new RecordingBroker(timers);
        MemoryHal car = new MemoryHal();
        start(car, timers.machine(Duration.ZERO), ear, memory, "3f2a9c1d", HOME);

        for (int metres = 13_000; metres >= 0; metres -= 20) {
            car.emitFix(new Fix(CarScenario.at(metres), 8));
            timers.advance(Duration.ofSeconds(1));
        }

        assertThat(ear.all).hasSizeGreaterThan(10);
        for (String said : ear.all) {
            assertThat(said).doesNotContain("52.", "4.8").doesNotContainPattern("lat|lon|position");
        }
    }

    @Test
    void anOwnerWhoAsksIsToldWhereItIsEachTenSecondsAsOwnTracksSaysIt(@TempDir Path memory) {
        VirtualTimers timers = new VirtualTimers(BEGIN);
        RecordingBroker ear = new RecordingBroker(timers);
        MemoryHal car = new MemoryHal();
        start(car, timers.machine(Duration.ZERO), ear, memory, "3f2a9c1d", HOME, "car.tell-position = true");

        for (int seconds = 0; seconds < 20; seconds++) {
            boolean bad = seconds < 5;
            car.emitFix(new Fix(CarScenario.at(5_000), bad ? 51 : 16.2));
            timers.advance(Duration.ofSeconds(1));
        }

        assertThat(ear.messages("position"))
                .containsExactly(
                        "{\"_type\":\"location\",\"tid\":\"ca\",\"lat\":52.41807,\"lon\":4.8926,\"acc\":10,"
                                + "\"tst\":1893456005} for 300 s",
                        "{\"_type\":\"location\",\"tid\":\"ca\",\"lat\":52.41807,\"lon\":4.8926,\"acc\":10,"
                                + "\"tst\":1893456015} for 300 s");
    }

    private static void start(
            MemoryHal car, VirtualTimers.Machine machine, Bus bus, Path folder, String bootId, String... settings) {
        String[] withoutDiscovery =
                Stream.concat(Stream.of("discovery = off"), Stream.of(settings)).toArray(String[]::new);
        NodePlatform platform = TestNodes.platform(car, bus, machine, NodeStorage.in(folder), bootId);
        machine.run(NodeAssembly.of(TestNodes.configured(new CarNode(), "car", withoutDiscovery), platform)
                .node());
    }

    /** A broker that only listens. */
    private static final class RecordingBroker extends StubBus {
        private final List<String> all = new ArrayList<>();
        private final VirtualTimers timers;

        RecordingBroker(VirtualTimers timers) {
            this.timers = timers;
        }

        List<String> messages(String topic) {
            String start = "home/car/" + topic + " ";
            return all.stream()
                    .filter(said -> said.startsWith(start))
                    .map(said -> said.substring(start.length()))
                    .toList();
        }

        @Override
        public void publish(Outgoing message, Consumer<Boolean> settled) {
            String life = message.expiresAt().equals(Instant.MAX)
                    ? ""
                    : " for "
                            + Duration.between(timers.clock().instant(), message.expiresAt())
                                    .toSeconds() + " s";
            all.add(message.topic() + " " + new String(message.payload(), StandardCharsets.UTF_8) + life);
            settled.accept(true);
        }

        @Override
        public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
            assertThat(subscription.topic()).as("all a car listens to").isEqualTo("home/car/reset/set");
            return false;
        }
    }
}
