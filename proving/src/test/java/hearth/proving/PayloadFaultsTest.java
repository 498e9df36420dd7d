package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualNodes;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hostile messages to several whole nodes, on every topic to which a node subscribes. The room is at 20 °C and no
 * output is on, so each change is caused by the messages.
 */
class PayloadFaultsTest {

    private static final int MACHINE = 22;

    /** Each payload with its meaning. */
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("airco/target/set", "21.0");
        COMMANDS.put("airco/mode/set", "heat");
        COMMANDS.put("airco/preset/set", "away");
        COMMANDS.put("airco/reset/set", "PRESS");
        COMMANDS.put("coffee/brew/set", "PRESS");
        COMMANDS.put("coffee/cancel/set", "PRESS");
        COMMANDS.put("coffee/reset/set", "PRESS");
        COMMANDS.put("sensor/reset/set", "PRESS");
        COMMANDS.put("car/reset/set", "PRESS");
    }

    private static final List<String> FOLLOWED = List.of("sensor/temperature", "car/approach");

    private static final List<String> STATES = List.of(
            "airco/status",
            "airco/fault",
            "airco/reason",
            "airco/target",
            "airco/mode",
            "airco/preset",
            "airco/action",
            "coffee/status",
            "coffee/fault",
            "coffee/phase",
            "sensor/status",
            "sensor/fault",
            "sensor/temperature",
            "car/status",
            "car/fault",
            "car/presence",
            "car/distance");

    @TempDir
    private Path stateFolder;

    private final List<String> results = new ArrayList<>();
    private VirtualNodes nodes;
    private MemoryHal coffee;
    private Bus listener;

    static Stream<String> commands() {
        return COMMANDS.keySet().stream();
    }

    static Stream<String> followed() {
        return FOLLOWED.stream();
    }

    @BeforeEach
    void startIdleNodes() {
        nodes = new VirtualNodes(stateFolder);
        MemoryHal sensor = nodes.start(new ThermostatNode(), "sensor");
        sensor.setReading(new Reading.Measured(Celsius.of(20)));
        nodes.start(
                new ThermostatNode(),
                "airco",
                "airco.sources = sensor",
                "airco.heat.gpio = 17",
                "airco.cool.gpio = 27");
        coffee = nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = " + MACHINE);
        nodes.start(new CarNode(), "car", "car.home = 52.0, 5.0");
        nodes.advance(Duration.ofMinutes(20));
        listener = nodes.broker().bus("listener", "home/listener/status");
        listener.connect(Duration.ZERO);
        for (String node : List.of("sensor", "airco", "coffee", "car")) {
            listener.subscribe(
                    new Subscription("home/" + node + "/result", 1, false),
                    message -> results.add(new String(message.payload(), UTF_8)),
                    Duration.ZERO);
        }
        nodes.advance(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Fault({"F1", "F4"})
    void anInvalidCommandIsRejectedAndHasNoEffect(String topic) {
        Map<String, String> before = states();
        long rejected = nodes.rejected(node(topic));
        int sent = 0;

        for (byte[] nonsense : InvalidPayloads.all()) {
            publish(topic, nonsense, false);
            assertThat(nodes.rejected(node(topic)))
                    .as(new String(nonsense, UTF_8))
                    .isEqualTo(rejected + ++sent);
        }

        assertThat(states()).isEqualTo(before);
        assertThat(results)
                .as("ten results, the other commands are only counted")
                .hasSize(10)
                .allSatisfy(result -> assertThat(result)
                        .contains("\"outcome\":\"rejected\"")
                        .contains("\"command\":\"" + command(topic) + "\"")
                        .doesNotContain("\"because\":\"\""));
        assertThat(nodes.connections(node(topic))).isEqualTo(1);
        nodes.advance(Duration.ofMinutes(1));
        publish(topic, COMMANDS.get(topic).getBytes(UTF_8), false);
        nodes.advance(Duration.ofMinutes(20)); // A brew is answered at its end.
        assertThat(results)
                .as("valid commands are executed as before")
                .hasSize(11)
                .last()
                .asString()
                .contains("\"done\"");
    }

    @ParameterizedTest
    @MethodSource("followed")
    @Fault({"F1", "F4"})
    void anInvalidStateOfAnotherNodeIsIgnored(String topic) {
        Map<String, String> before = states();

        for (byte[] nonsense : InvalidPayloads.all()) {
            nodes.broker().publish(incoming(topic, nonsense, false), 1);
            nodes.advance(Duration.ofMillis(1));
        }

        assertThat(states()).isEqualTo(before);
        assertThat(coffee.isOn(MACHINE)).isFalse();
        for (String node : List.of("airco", "coffee")) {
            assertThat(nodes.connections(node)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-300", "-1", "0", "4.9", "30.1", "30.5", "1000", "21.123456789", "21.3", "20.25", "-0.0"})
    @Fault("F2")
    void aTargetOutOfBoundsOrBetweenStepsIsRejectedAndNotRounded(String target) {
        publish("airco/target/set", "21.5".getBytes(UTF_8), false);

        publish("airco/target/set", target.getBytes(UTF_8), false);
        publish("airco/target/set", ("{\"id\":\"a1\",\"value\":" + target + "}").getBytes(UTF_8), false);

        assertThat(stored("airco/target")).isEqualTo("21.5");
        assertThat(results).hasSize(3);
        assertThat(results.subList(1, 3))
                .allSatisfy(result -> assertThat(result).contains("rejected", "because"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"69.8", "68", "68.0", "69.8 °F", "69.8F", "{\"id\":\"f\",\"value\":69.8}"})
    @Fault("F3")
    void degreesFahrenheitAreOutOfBounds(String target) {
        publish("airco/target/set", target.getBytes(UTF_8), false);

        assertThat(stored("airco/target")).isEqualTo("20.0");
        assertThat(results)
                .singleElement()
                .asString()
                .contains("rejected")
                .containsAnyOf("30.0 °C", "not a plain number");
    }

    @Test
    @Fault("F5")
    void anEmptyPayloadIsNoCommandNoStateAndNoFault() {
        Map<String, String> before = states();

        for (String topic : COMMANDS.keySet()) {
            publish(topic, new byte[0], false);
            publish(topic, new byte[0], true);
        }
        for (boolean retained : List.of(false, true)) {
            nodes.broker().publish(incoming("car/approach", new byte[0], retained), 1);
            nodes.broker().publish(incoming("sensor/temperature", new byte[0], false), 1);
            nodes.advance(Duration.ofMillis(1));
        }

        assertThat(states()).isEqualTo(before);
        assertThat(results).isEmpty();
        for (String node : List.of("airco", "coffee", "sensor", "car")) {
            assertThat(nodes.rejected(node)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Fault("F8")
    void aRetainedCommandIsAnsweredAndHasNoEffectAlsoAfterReconnections(String topic) {
        Map<String, String> before = states();
        String sound = "{\"id\":\"r1\",\"value\":" + quoted(COMMANDS.get(topic)) + "}";

        publish(topic, sound.getBytes(UTF_8), true);
        assertThat(results).singleElement().asString().contains("\"r1\"", "rejected", "must not be retained");
        for (int i = 0; i < 3; i++) {
            nodes.broker().cut(node(topic));
            nodes.advance(Duration.ofSeconds(1));
        }
        nodes.broker().stop();
        nodes.broker().start(false);
        nodes.advance(Duration.ofSeconds(1));

        assertThat(nodes.broker().stored("home/" + topic))
                .as("the retained message still exists")
                .isPresent();
        assertThat(states()).isEqualTo(before);
        assertThat(results).hasSize(1);
        assertThat(coffee.isOn(MACHINE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "airco/target/set, 21.0, airco/target/set, 22.0",
        "airco/target/set, 21.0, airco/mode/set, 'off'",
        "airco/mode/set, heat, airco/mode/set, cool",
        "airco/preset/set, away, airco/preset/set, home",
        "airco/reset/set, PRESS, airco/target/set, 22.0",
        "coffee/brew/set, PRESS, coffee/cancel/set, PRESS",
        "coffee/cancel/set, PRESS, coffee/brew/set, PRESS",
        "coffee/reset/set, PRESS, coffee/brew/set, PRESS"
    })
    @Fault("F9")
    void anIdThatWasUsedForAnotherCommandIsRejected(String topic, String first, String other, String second) {
        publish(topic, ("{\"id\":\"k1\",\"value\":" + quoted(first) + "}").getBytes(UTF_8), false);
        nodes.advance(Duration.ofSeconds(2));
        Map<String, String> before = states();
        boolean brews = coffee.isOn(MACHINE);

        publish(other, ("{\"id\":\"k1\",\"value\":" + quoted(second) + "}").getBytes(UTF_8), false);

        assertThat(results)
                .last()
                .asString()
                .contains(
                        "\"k1\"",
                        "rejected",
                        "this id was already used for another command: use a new id for each command");
        assertThat(states()).isEqualTo(before);
        assertThat(coffee.isOn(MACHINE)).isEqualTo(brews);
    }

    @Test
    @Fault("F9")
    void aTripCausesOneBrewWhateverIsPublishedLater() {
        publish("car/approach", "{\"trip\":\"t1\",\"eta_s\":0}".getBytes(UTF_8), false);
        nodes.advance(Duration.ofSeconds(2));
        assertThat(coffee.isOn(MACHINE)).isTrue();
        nodes.advance(Duration.ofHours(1));

        for (String again : List.of(
                "{\"trip\":\"t1\",\"eta_s\":60}",
                "{\"trip\":\"t1\",\"called_off\":true}",
                "{\"trip\":\"t1\",\"eta_s\":0}")) {
            publish("car/approach", again.getBytes(UTF_8), false);
            nodes.advance(Duration.ofMinutes(5));
            assertThat(stored("coffee/phase")).isEqualTo("idle");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Fault("F10")
    void aCommandThatExpiresAtTheBrokerHasNoEffect(String topic) {
        Map<String, String> before = states();
        nodes.broker().unplug(node(topic));
        nodes.broker().publish(new Incoming("home/" + topic, COMMANDS.get(topic).getBytes(UTF_8), false, 20, 20), 1);
        nodes.advance(Duration.ofSeconds(21));

        nodes.broker().plugIn(node(topic));
        nodes.advance(Duration.ofMinutes(1));

        assertThat(states()).isEqualTo(before);
        assertThat(results).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Fault("F10")
    void aCommandThatExpiresInTheOutboxOfItsSenderIsNotSent(String topic) {
        Map<String, String> before = states();
        List<Boolean> settled = new ArrayList<>();
        nodes.broker().unplug("listener");
        byte[] sound = COMMANDS.get(topic).getBytes(UTF_8);
        listener.publish(
                new Outgoing("home/" + topic, sound, 1, false, nodes.now().plusSeconds(20)), settled::add);
        nodes.advance(Duration.ofSeconds(21));

        nodes.broker().plugIn("listener");
        nodes.advance(Duration.ofMinutes(1));

        assertThat(states()).isEqualTo(before);
        assertThat(settled).containsExactly(false);
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Fault("F10")
    void aCommandThatExpiresInTheQueueOfTheReceiverIsAnsweredWithExpired(String topic) {
        String sound = "{\"id\":\"l1\",\"value\":" + quoted(COMMANDS.get(topic)) + "}";
        Map<String, String> before = states();
        nodes.blockLoop(node(topic), Duration.ofSeconds(21));
        nodes.broker().publish(new Incoming("home/" + topic, sound.getBytes(UTF_8), false, 20, 20), 1);

        nodes.advance(Duration.ofMinutes(2));

        assertThat(results).singleElement().asString().contains("\"l1\"", "\"outcome\":\"expired\"");
        assertThat(states()).isEqualTo(before);
        assertThat(coffee.isOn(MACHINE)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Fault("F12")
    void foreignTopicsHaveNoEffect(String topic) {
        Map<String, String> before = states();
        String command = command(topic);
        String node = node(topic);
        byte[] sound = COMMANDS.get(topic).getBytes(UTF_8);

        for (String trick : List.of(
                "home//" + topic,
                "home/" + node + "//" + command,
                "home/" + topic + "/",
                "home/" + topic + "/x",
                "home/" + topic.replace("/set", "//set"),
                "home/" + topic.replace("/set", "/SET"),
                "home/" + topic.replace("/set", ""),
                "/home/" + topic,
                "Home/" + topic,
                "home/" + node.toUpperCase(Locale.ROOT) + "/" + command,
                "home/" + node + " /" + command,
                "home/" + node + "/../" + node + "/" + command,
                "$share/g/home/" + topic,
                "$SYS/home/" + topic,
                topic)) {
            nodes.broker().publish(new Incoming(trick, sound, false, Incoming.ABSENT, Incoming.ABSENT), 1);
            nodes.advance(Duration.ofMillis(1));
        }

        assertThat(states()).isEqualTo(before);
        assertThat(results).isEmpty();
        assertThat(nodes.rejected(node)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "home/+/#", "../../etc", "a b", "a\\\"b", "a\\u0000", "é", "\\ud800", "a;b", ""})
    @Fault("F12")
    void anIdWithSpecialCharactersIsRejectedAndNotRepeated(String id) {
        Map<String, String> before = states();

        for (String topic : COMMANDS.keySet()) {
            String command = "{\"id\":\"" + id + "\",\"value\":" + quoted(COMMANDS.get(topic)) + "}";
            publish(topic, command.getBytes(UTF_8), false);
        }
        publish("car/approach", ("{\"trip\":\"" + id + "\",\"eta_s\":0}").getBytes(UTF_8), false);
        nodes.advance(Duration.ofSeconds(2));

        assertThat(states()).isEqualTo(before);
        assertThat(results).hasSameSizeAs(COMMANDS.keySet()).allSatisfy(result -> assertThat(result)
                .contains("rejected", "\"id\":null"));
        assertThat(coffee.isOn(MACHINE)).isFalse();
    }

    private void publish(String topic, byte[] payload, boolean retained) {
        nodes.broker().publish(incoming(topic, payload, retained), 1);
        nodes.advance(Duration.ofMillis(1));
    }

    private static Incoming incoming(String topic, byte[] payload, boolean retained) {
        return new Incoming("home/" + topic, payload, retained, Incoming.ABSENT, Incoming.ABSENT);
    }

    private Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        STATES.forEach(topic -> states.put(topic, stored(topic)));
        return states;
    }

    private String stored(String topic) {
        return nodes.broker()
                .stored("home/" + topic)
                .map(message -> new String(message.payload(), UTF_8))
                .orElse("nothing");
    }

    private static String node(String topic) {
        return topic.substring(0, topic.indexOf('/'));
    }

    private static String command(String topic) {
        return topic.substring(topic.indexOf('/') + 1);
    }

    private static String quoted(String value) {
        return value.matches("[0-9.]+") ? value : "\"" + value + "\"";
    }
}
