package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Severity;
import hearth.common.hal.Wiring;
import hearth.common.message.Topic;
import hearth.common.settings.Pins;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import hearth.testkit.MemoryHal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The questions to an owner, and the file with the answers. */
class SettingsWizardTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void aFewAnswersCreateAFile() throws IOException {
        assertThat(init("", "livingroom", "mqtt://broker:1883", "17", "true", "none"))
                .isEqualTo("""
                        # Name of this node: a level of its topics, its MQTT client id and its user name at the broker; each node needs its own name.
                        node.name = livingroom
                        # Address of the broker, default port 1883 for mqtt and 8883 for mqtts; several addresses of the broker are tried in this order.
                        broker.urls = mqtt://broker:1883
                        # The BCM number of the pin that opens it; not 4, the 1-Wire bus.
                        blind.up.gpio = 17
                        # The level that means on: true for 0 V, false for 3.3 V.
                        blind.up.active-low = true
                        # The BCM number of the pin that closes it; not 4, the 1-Wire bus.
                        blind.down.gpio = none
                        """);
    }

    @Test
    void enterAcceptsTheValueInBrackets() throws IOException {
        assertThat(init("", "livingroom", "", "", ""))
                .contains("broker.urls = mqtt://localhost:1883", "blind.up.gpio = none");
        assertThat(output()).contains("broker.urls [mqtt://localhost:1883]: ", "node.name: ");
    }

    @Test
    void theCommentsOfASampleAreKeptAndItsExamplesReplaced() throws IOException {
        String sample = """
                # A blind.

                # Its name.
                node.name =

                #broker.urls = mqtt://localhost:1883
                # What opens it.
                #blind.up.gpio = none
                #blind.speed = 3
                """;

        assertThat(init(sample, "blind", "mqtt://broker", "22", "", "23", "")).startsWith("""
                # A blind.

                # Its name.
                node.name = blind

                broker.urls = mqtt://broker
                # What opens it.
                blind.up.gpio = 22
                #blind.speed = 3
                """);
    }

    @Test
    void enterKeepsThePreviousValue() throws IOException {
        String before = "node.name = hall\nblind.up.gpio = 22\nblind.up.active-low = true\nblind.speed = 7\n";

        assertThat(init(before, "", "", "", "", "")).startsWith(before);
    }

    @Test
    void anInvalidAnswerIsAskedAgainAtOnce() throws IOException {
        assertThat(init("", "Living Room", "livingroom", "", "4096", "17", "", ""))
                .contains("node.name = livingroom", "blind.up.gpio = 17");
        assertThat(output())
                .contains("expected 1 to 32 characters, each a to z, 0 to 9 or hyphen", "must be from 2 to 27");
    }

    @Test
    void conflictingAnswersAreReportedAndAskedAgain() throws IOException {
        assertThat(init("", "livingroom", "", "17", "", "17", "", /* once more */ "", "", "", "", "22", ""))
                .contains("blind.up.gpio = 17", "blind.down.gpio = 22");
        assertThat(output()).contains("blind.down.gpio = 17: is already used by blind.up.gpio");
    }

    @Test
    void pinsInUseAreNotOffered() throws IOException {
        init("", "livingroom", "", "27", "", "22", "");

        assertThat(output()).contains("Free pins: 17, 27, 22, 23, 24, 16, ", "Free pins: 17, 22, 23, 24, 16, ");
    }

    @Test
    void problemsOfTheBoardArePrinted() throws IOException {
        init("", "livingroom", "", "25", "", "", "");

        assertThat(output()).contains("Note: GPIO25 (up) is in use by fan");
    }

    @Test
    void withSeveralSensorsItAsksWhichOneToUse() throws IOException {
        Blind thatFeelsTheSun = new Blind() {
            @Override
            public Map<String, Pin> readSettings(Settings settings) {
                settings.get(Setting.text("sensor.address", "auto", Pattern.compile("28-[0-9a-f]{12}"), "28-…", "which")
                        .or("auto", ""));
                return super.readSettings(settings);
            }
        };

        String written = init(thatFeelsTheSun, "", "livingroom", "", "28-000000000002", "", "");

        assertThat(written).contains("sensor.address = 28-000000000002\n");
        assertThat(output())
                .contains("Connected sensors: [28-000000000001, 28-000000000002]. To identify one, warm it"
                        + " in your hand and compare the t= values in /sys/bus/w1/devices/*/w1_slave.");
    }

    @Test
    void ifTheInputEndsEarlyNothingIsWritten() {
        assertThatThrownBy(() -> init("", "livingroom"))
                .isInstanceOf(IOException.class)
                .hasMessage("the input ended at broker.urls: no settings were written");
    }

    private String init(String text, String... answers) throws IOException {
        return init(new Blind(), text, answers);
    }

    private String init(Blind device, String text, String... answers) throws IOException {
        String lines = answers.length == 0 ? "" : String.join("\n", answers) + "\n";
        return new SettingsWizard<>(
                        device,
                        new FanBoard(),
                        new BufferedReader(new StringReader(lines)),
                        new PrintStream(output, true, StandardCharsets.UTF_8))
                .ask("blind.conf", text);
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** A board on which a fan uses pin 25. */
    private static final class FanBoard extends MemoryHal {
        @Override
        public Inventory inventory() {
            return new Inventory(List.of("28-000000000001", "28-000000000002"), Set.of(25));
        }

        @Override
        public List<Problem> problems(Wiring wiring) {
            return List.of(wiring.outputs(), wiring.inputs()).stream()
                    .flatMap(pins -> pins.entrySet().stream())
                    .filter(pin -> pin.getValue().number() == 25)
                    .map(pin -> new Problem(Severity.RETRY, "GPIO25 (" + pin.getKey() + ") is in use by fan"))
                    .toList();
        }
    }

    private static class Blind implements NodeType<Map<String, Pin>> {
        @Override
        public String program() {
            return "blind-node";
        }

        @Override
        public String purpose() {
            return "opens and closes";
        }

        @Override
        public List<Topic<?>> topics() {
            return List.of();
        }

        @Override
        public Map<String, Pin> readSettings(Settings settings) {
            settings.get(Setting.whole("blind.speed", "3", 1, 9, "how fast"));
            Optional<Pin> up = Pins.read(settings, "blind.up", "the pin that opens it");
            Optional<Pin> down = Pins.read(settings, "blind.down", "the pin that closes it");
            return up.map(pin -> Map.of("up", pin))
                    .or(() -> down.map(pin -> Map.of("down", pin)))
                    .orElse(Map.of());
        }

        @Override
        public Wiring wiring(Map<String, Pin> pins) {
            return new Wiring(pins, Map.of(), Optional.empty());
        }

        @Override
        public Node<?, ?> assemble(Map<String, Pin> pins, NodeContext context) {
            throw new AssertionError("this test does not run the node");
        }
    }
}
