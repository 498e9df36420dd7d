package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Incoming;
import hearth.common.value.Celsius;
import hearth.common.value.Fix;
import hearth.common.value.Position;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes with different clocks: no node compares its clock with another clock, so the difference has no effect. */
class UnsynchronizedClocksTest {

    private static final int HEAT = 17;
    private static final int MACHINE = 22;
    private static final Position HOME = new Position(52.0, 5.0);
    private static final double DEGREES_PER_METRE = 1 / 111_195.0;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PT5M", "PT-5M", "P1095D", "P-1095D"})
    @Fault("D3")
    void aWrongClockOfASenderHasNoEffect(Duration ahead) throws Exception {
        List<String> agreed = day(Duration.ZERO);

        assertThat(day(ahead)).isEqualTo(agreed);
    }

    @Test
    void theDayUsesEveryFunction() throws Exception {
        assertThat(day(Duration.ZERO))
                .anyMatch(minute -> minute.contains("heating"))
                .anyMatch(minute -> minute.contains("brewing"))
                .anyMatch(minute -> minute.contains("no-reading"))
                .anyMatch(minute -> minute.contains("target 21.0"));
    }

    /** The outputs and messages of the receivers, minute by minute, while the clocks of the senders are wrong. */
    private List<String> day(Duration ahead) throws Exception {
        VirtualNodes nodes = new VirtualNodes(Files.createTempDirectory(folder, "day"));
        MemoryHal sensor = nodes.start(new ThermostatNode(), ahead, "sensor");
        MemoryHal airco = nodes.start(new ThermostatNode(), "airco", "airco.sources = sensor", "airco.heat.gpio = 17");
        MemoryHal car = nodes.start(new CarNode(), ahead, "car", "car.home = 52.0, 5.0");
        MemoryHal coffee = nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        List<String> minutes = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            sensor.setReading(new Reading.Measured(Celsius.of(17 + minute / 20.0)));
            if (minute == 40) {
                nodes.powerCut("sensor");
            }
            if (minute == 20) {
                byte[] target = "21.0".getBytes(StandardCharsets.UTF_8);
                nodes.broker().publish(new Incoming("home/airco/target/set", target, false, 60, 60), 1);
            }
            for (int second = 0; second < 60; second += 5) {
                double metres = Math.max(0, 15_000 - 10.0 * (minute * 60 + second));
                car.emitFix(new Fix(new Position(HOME.latitudeDeg() + metres * DEGREES_PER_METRE, 5.0), 5));
                nodes.advance(Duration.ofSeconds(5));
            }
            minutes.add("%d: heat %s, machine %s, %s, fault %s, target %s, coffee %s"
                    .formatted(
                            minute,
                            airco.isOn(HEAT),
                            coffee.isOn(MACHINE),
                            published(nodes, "airco/action"),
                            published(nodes, "airco/fault"),
                            published(nodes, "airco/target"),
                            published(nodes, "coffee/phase")));
        }
        return minutes;
    }

    private static String published(VirtualNodes nodes, String topic) {
        return nodes.broker()
                .stored("home/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }
}
