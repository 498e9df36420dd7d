package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Incoming;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualNodes;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frequent mistakes of owners: units and time zones. */
class OwnerMistakesTest {

    private final TimeZone here = TimeZone.getDefault();

    @TempDir
    private Path folder;

    @AfterEach
    void restoreTimeZone() {
        TimeZone.setDefault(here);
    }

    @Test
    @Fault("H4")
    void everyBoundOfAQuantityHasAUnit() {
        List<String> bare = new ArrayList<>();
        int quantities = 0;
        for (NodeType<?> nodeType : RenderedDocsTest.devices()) {
            Settings settings = Settings.of("", "");
            nodeType.readSettings(settings);
            for (Setting<?> setting : settings.requestedSettings()) {
                boolean numbers = setting.bounds().matches(".*from -?[0-9].* to .*");
                boolean units = setting.bounds()
                        .matches(".*from -?[0-9.]+ ?(°C|K|km|m|s|ms|h|d) to -?[0-9.]+ ?(°C|K|km|m|s|h|d).*");
                quantities += units ? 1 : 0;
                if (numbers && !units) {
                    bare.add(setting.key());
                }
            }
        }

        assertThat(quantities).isGreaterThan(20);
        assertThat(bare)
                .allMatch(
                        key -> key.matches(".*(gpio|port|per-day|baud)"),
                        "a count, a pin, a port, or its name has the unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"69.8", "68", "68 °F", "68F", "20 °F"})
    @Fault("H4")
    void degreesFahrenheitInSettingsAreRejectedWithTheExpectedUnit(String target) {
        NodeType<?> thermostat = new ThermostatNode();
        Settings settings = Settings.of("airco.conf", "airco.target = " + target);

        assertThatThrownBy(() -> settings.<Object>check(thermostat::readSettings))
                .isInstanceOfSatisfying(BadSettings.class, bad -> assertThat(bad.problems())
                        .singleElement()
                        .asString()
                        .startsWith("airco.conf:1: airco.target = " + target + ": ")
                        .contains("°C"));
    }

    @Test
    @Fault("H4")
    void degreesFahrenheitInACommandAreRejected() throws Exception {
        VirtualNodes nodes = new VirtualNodes(folder);
        nodes.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17");

        publish(nodes, "airco/target/set", "69.8");

        assertThat(stored(nodes, "airco/target")).isEqualTo("20.0");
    }

    @Test
    @Fault("H4")
    void theTimeZoneOfTheMachineHasNoEffect() throws Exception {
        List<String> mornings = new ArrayList<>();
        for (String zone : List.of("UTC", "Pacific/Kiritimati", "Australia/Lord_Howe")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            mornings.add(runMorning(Files.createDirectory(folder.resolve(zone.replace('/', '-')))));
        }

        assertThat(mornings.get(0)).contains("heating", "brewing");
        assertThat(mornings).containsOnly(mornings.get(0));
    }

    /** The published values of some topics, hour by hour. */
    private static String runMorning(Path stateFolder) throws Exception {
        VirtualNodes nodes = new VirtualNodes(stateFolder);
        MemoryHal airco = nodes.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        StringBuilder values = new StringBuilder();
        for (int hour = 0; hour < 6; hour++) {
            airco.setReading(new Reading.Measured(Celsius.of(hour % 2 == 0 ? 18 : 20)));
            nodes.advance(Duration.ofMinutes(30));
            if (hour == 0) {
                publish(nodes, "coffee/brew/set", "PRESS");
            }
            values.append(hour).append(' ').append(stored(nodes, "airco/action"));
            values.append(' ').append(stored(nodes, "coffee/phase")).append('\n');
            nodes.advance(Duration.ofMinutes(30));
        }
        return values.toString();
    }

    private static void publish(VirtualNodes nodes, String topic, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        nodes.broker().publish(new Incoming("home/" + topic, bytes, false, Incoming.ABSENT, Incoming.ABSENT), 1);
        nodes.advance(Duration.ofSeconds(5));
    }

    private static String stored(VirtualNodes nodes, String topic) {
        return nodes.broker()
                .stored("home/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }
}
