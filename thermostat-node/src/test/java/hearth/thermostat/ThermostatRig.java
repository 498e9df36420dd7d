package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.mock.AtomicFile;
import hearth.common.hal.mock.MockHal;
import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeStorage;
import hearth.common.store.StateStore;
import hearth.common.value.Celsius;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryStorage;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thermostat as its program assembles it, from the kernel's file to the relay's pin: a folder as the board, a broker
 * in memory, virtual time. It has no minimum periods and pauses, so that each change shows at once.
 */
final class ThermostatRig {

    static final int HEAT = 17;
    static final int COOL = 27;
    static final Duration POLL = Duration.ofSeconds(2);
    static final Duration STALE = Duration.ofSeconds(30);

    private static final String NAME = "airco";
    private static final String SENSOR = "28-000000000001";

    private final Path folder;
    private final NodeStorage storage;
    private final VirtualTimers timers = new VirtualTimers(Instant.parse("2030-01-01T08:00:00Z"));
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final List<String> faults = new ArrayList<>();
    private VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
    private int boots;

    ThermostatRig(Path folder) {
        this(folder, NodeStorage.in(folder.resolve("state")));
    }

    /** @param store for the saved state; other files go to memory */
    ThermostatRig(Path folder, StateStore store) {
        this(folder, TestNodes.storage(NAME, store, new MemoryStorage()));
    }

    private ThermostatRig(Path folder, NodeStorage storage) {
        this.folder = folder;
        this.storage = storage;
        timers.every("broker", Duration.ofSeconds(1), broker::expireMessages);
        Bus watcher = broker.bus("watcher", CommonTopics.STATUS.of("home", "watcher"));
        watcher.connect(Duration.ZERO);
        watcher.subscribe(
                new Subscription(CommonTopics.FAULT.of("home", NAME), 1, false),
                message -> faults.add(new String(message.payload(), StandardCharsets.UTF_8)),
                Duration.ZERO);
    }

    /** Starts it, or starts it again after {@link #powerCut}. */
    ThermostatRig start(String... more) {
        machine = timers.machine(Duration.ZERO);
        Bus bus = broker.bus(NAME, CommonTopics.STATUS.of("home", NAME));
        NodePlatform platform =
                TestNodes.platform(new MockHal(folder, machine.clock()), bus, machine, storage, "boot" + boots++);
        machine.run(NodeAssembly.of(TestNodes.configured(new ThermostatNode(), NAME, settings(more)), platform)
                .node());
        bus.connect(Duration.ZERO);
        broker.plugIn(NAME);
        return advance(Duration.ZERO);
    }

    /** Starts in a cold room: the heat output has just gone on, without a fault. */
    ThermostatRig heating(String... more) {
        setTemperature(17);
        start(more).advance(Duration.ofSeconds(40)); // After a boot it pauses for the dead time.
        assertThat(level(HEAT)).isEqualTo("1");
        assertThat(faults).containsExactly("none");
        return this;
    }

    void powerCut() {
        machine.cutPower();
        broker.unplug(NAME);
    }

    ThermostatRig advance(Duration time) {
        timers.advance(time);
        return this;
    }

    /** The next read of the sensor takes this time. */
    void delayNextRead(Duration time) {
        machine.blockThread("sensor", timers.clock().instant().plus(time));
    }

    void setTemperature(double degrees) {
        setSensorFile(W1SlaveFile.content(Celsius.of(degrees)));
    }

    /** @param scratchpad what is in the sensor's {@code w1_slave} */
    void setSensorFile(String scratchpad) {
        try {
            AtomicFile.replace(sensor().resolve("w1_slave"), scratchpad);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sensor's folder, as that of the kernel. */
    Path sensor() {
        return devices().resolve(SENSOR);
    }

    Path devices() {
        return folder.resolve("w1");
    }

    void unplugSensors() {
        delete(devices());
        assertThat(devices().toFile().mkdirs()).isTrue();
    }

    static void delete(Path all) {
        try (Stream<Path> paths = Files.walk(all)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String level(int pin) {
        Path file = pin(pin);
        try {
            return Files.isRegularFile(file) ? Files.readString(file).strip() : "not driven";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path pin(int pin) {
        return folder.resolve("gpio").resolve(Integer.toString(pin));
    }

    /** Each change of an output: seconds since the boot, pin, level. */
    List<String> switchings() {
        try {
            return Files.readAllLines(folder.resolve("gpio.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All messages on {@code fault}, in order. */
    List<String> faults() {
        return faults;
    }

    void publish(String topic, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        broker.publish(new Incoming("home/" + NAME + "/" + topic, bytes, false, Incoming.ABSENT, Incoming.ABSENT), 1);
        advance(Duration.ZERO);
    }

    String lastPublished(String topic) {
        return broker.stored("home/" + NAME + "/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    private static String[] settings(String... more) {
        Stream<String> fixed = Stream.of(
                "airco.heat.gpio = " + HEAT,
                "airco.heat.min-on = 0s",
                "airco.heat.min-off = 0s",
                "airco.cool.gpio = " + COOL,
                "airco.cool.min-on = 0s",
                "airco.cool.min-off = 0s");
        return Stream.concat(fixed, Stream.of(more)).toArray(String[]::new);
    }
}
