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

/** A house whose machines do not agree about the time: no clock is compared with another's, so nobody notices. */
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
    void aSendersClockThatIsOffChangesNothing(Duration ahead) throws Exception {
        List<String> agreed = day(Duration.ZERO);

        assertThat(day(ahead)).isEqualTo(agreed);
    }

    @Test
    void theDayIsOneInWhichAllIsUsed() throws Exception {
        assertThat(day(Duration.ZERO))
                .anyMatch(minute -> minute.contains("heating"))
                .anyMatch(minute -> minute.contains("brewing"))
                .anyMatch(minute -> minute.contains("no-reading"))
                .anyMatch(minute -> minute.contains("target 21.0"));
    }

    /** What the receivers did and said, minute by minute, while the senders' clocks were off. */
    private List<String> day(Duration ahead) throws Exception {
        VirtualNodes house = new VirtualNodes(Files.createTempDirectory(folder, "day"));
        MemoryHal sensor = house.start(new ThermostatNode(), ahead, "sensor");
        MemoryHal airco = house.start(new ThermostatNode(), "airco", "airco.sources = sensor", "airco.heat.gpio = 17");
        MemoryHal car = house.start(new CarNode(), ahead, "car", "car.home = 52.0, 5.0");
        MemoryHal coffee = house.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        List<String> minutes = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            sensor.setReading(new Reading.Measured(Celsius.of(17 + minute / 20.0)));
            if (minute == 40) {
                house.powerCut("sensor");
            }
            if (minute == 20) {
                byte[] target = "21.0".getBytes(StandardCharsets.UTF_8);
                house.broker().publish(new Incoming("home/airco/target/set", target, false, 60, 60), 1);
            }
            for (int second = 0; second < 60; second += 5) {
                double metres = Math.max(0, 15_000 - 10.0 * (minute * 60 + second));
                car.emitFix(new Fix(new Position(HOME.latitudeDeg() + metres * DEGREES_PER_METRE, 5.0), 5));
                house.advance(Duration.ofSeconds(5));
            }
            minutes.add("%d: heat %s, machine %s, %s, fault %s, target %s, coffee %s"
                    .formatted(
                            minute,
                            airco.isOn(HEAT),
                            coffee.isOn(MACHINE),
                            published(house, "airco/action"),
                            published(house, "airco/fault"),
                            published(house, "airco/target"),
                            published(house, "coffee/phase")));
        }
        return minutes;
    }

    private static String published(VirtualNodes house, String topic) {
        return house.broker()
                .stored("home/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }
}
