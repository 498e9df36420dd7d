package hearth.proving;

import static hearth.testkit.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.mqtt.Decoder;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.NodeType;
import hearth.common.store.StateStore;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.MemoryHal;
import hearth.testkit.MemoryStorage;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.fuzz.FuzzTarget;
import hearth.thermostat.ThermostatNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All nodes, as their programs put them together, and what must be true of them whatever is said: what is refused changes
 * nothing, and what is not leaves them within their bounds.
 *
 * <p>A case begins with two letters: the topic it is said on, and how ({@link #toMessage}).
 */
final class NodesFuzzTarget implements FuzzTarget {

    private static final String PREFIX = "home";
    private static final int HEAT = 17;
    private static final int COOL = 27;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_REASON_LENGTH = 200;

    private static final Map<String, Topic<?>> TOPICS = new HashMap<>();

    static {
        Stream.concat(
                        RenderedDocsTest.devices().stream().flatMap(nodeType -> nodeType.topics().stream()),
                        NodeType.COMMON_TOPICS.stream())
                .forEach(topic -> TOPICS.put(topic.name(), topic));
    }

    private final VirtualTimers timers = new VirtualTimers(Instant.parse("2030-01-01T08:00:00Z"));
    private final DirectBus bus = new DirectBus(timers.worker("bus"), this::onResult);
    private final List<NodeBus> nodeBuses = new ArrayList<>();
    private final List<String> topics;
    private final MemoryHal airco;

    NodesFuzzTarget(Path folder) {
        MemoryHal sensor = start(folder, new ThermostatNode(), "sensor");
        airco = start(
                folder,
                new ThermostatNode(),
                "airco",
                "airco.sources = sensor, other",
                "airco.heat.gpio = " + HEAT,
                "airco.cool.gpio = " + COOL);
        start(folder, new CoffeeNode(), "coffee", "coffee.gpio = 22");
        start(folder, new CarNode(), "car", "car.home = 52.0, 5.0");
        sensor.setReading(new Reading.Measured(Celsius.of(20)));
        timers.advance(Duration.ofMinutes(20));
        topics = bus.topics().stream()
                .filter(topic -> topic.startsWith(PREFIX + "/"))
                .toList();
    }

    /** What somebody listens to, in the order of the letters A, B, … */
    List<String> topics() {
        return topics;
    }

    /** They live on. */
    @Override
    public void beforeEach() {
        timers.advance(PAUSE);
    }

    @Override
    public boolean read(byte[] input) {
        if (input.length < 2) {
            return false;
        }
        Incoming message = toMessage(input);
        boolean understood = isReadable(message);
        long rejected = rejected();
        long changes = bus.changes();

        bus.deliver(message);
        timers.advance(Duration.ZERO);

        boolean refused = rejected() > rejected;
        require(!(understood && refused), "what can be read is not refused here", message);
        require(understood || bus.changes() == changes, "what is refused changes nothing", message);
        assertWithinBounds();
        return understood;
    }

    private Incoming toMessage(byte[] input) {
        String topic = topics.get((input[0] & 0xFF) % topics.size());
        byte[] payload = Arrays.copyOfRange(input, 2, input.length);
        return switch (input[1] & 7) {
            case 1 -> new Incoming(topic, payload, true, Incoming.ABSENT, Incoming.ABSENT);
            case 2 -> new Incoming(topic, payload, true, 600, 590);
            case 3 -> new Incoming(topic, payload, false, 30, 1);
            case 4 -> new Incoming(topic, payload, false, 9_999_999_999L, 0);
            case 5 -> new Incoming(topic, payload, false, Incoming.ABSENT, 4_294_967_295L);
            default -> new Incoming(topic, payload, false, Incoming.ABSENT, Incoming.ABSENT);
        };
    }

    /** By the topic's own shape alone: what it does not read may not get through, however it comes. */
    private static boolean isReadable(Incoming message) {
        Topic<?> topic = TOPICS.get(message.topic().split("/", 3)[2]);
        boolean command = topic.kind() == Topic.Kind.COMMAND;
        boolean aged = message.lifetimeS() >= message.remainingS() && message.remainingS() != Incoming.ABSENT;
        if (message.payload().length == 0 || (message.retained() && (command || !aged))) {
            return false;
        }
        try {
            if (command) {
                Command.read(topic.name(), topic.codec(), Decoder.decode(message.payload()), Instant.MAX);
            } else {
                topic.codec().read(Decoder.decode(message.payload()));
            }
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    private void assertWithinBounds() {
        double target = Double.parseDouble(bus.states().get("home/airco/target"));
        require(
                target >= 5 && target <= 30 && target * 2 == Math.rint(target * 2),
                "the target is within bounds",
                target);
        require(!(airco.isOn(HEAT) && airco.isOn(COOL)), "heat and cool are never on together", "both");
    }

    private void onResult(String text) {
        if (text.startsWith("{\"command\"")) {
            try {
                Result result = Result.TOPIC.codec().read(Decoder.decode(text.getBytes(UTF_8)));
                String because = result.reason();
                require(because.length() <= MAX_REASON_LENGTH, "a reason fits in a line of the log", because);
                require(because.chars().noneMatch(Character::isISOControl), "a reason is printable", because);
            } catch (Malformed e) {
                throw new AssertionError("an answer nobody can read: " + text, e);
            }
        }
    }

    private long rejected() {
        return nodeBuses.stream().mapToLong(NodeBus::rejected).sum();
    }

    private <C> MemoryHal start(Path folder, NodeType<C> nodeType, String name, String... settings) {
        MemoryHal hal = new MemoryHal();
        VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
        NodeStorage memory = new MemoryStorage();
        NodeStorage storage = new NodeStorage() {
            @Override
            public StateStore state(String stateName) {
                return memory.state(stateName); // A file would only make this slower.
            }

            @Override
            public Optional<Path> folder() {
                return Optional.of(folder);
            }
        };
        NodeAssembly assembly = NodeAssembly.of(
                TestNodes.configured(nodeType, name, settings),
                TestNodes.platform(hal, bus, machine, storage, "boot-" + name));
        machine.run(assembly.node());
        nodeBuses.add(assembly.bus());
        return hal;
    }
}
