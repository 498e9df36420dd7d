package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.MemoryHal;
import hearth.thermostat.ThermostatNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A thermostat in a room with a strong heater, watched at its pins. */
final class WatchedAirco {

    static final int HEAT = 17;
    static final int COOL = 27;

    private static final Duration MIN_OFF = Duration.ofMinutes(5);
    private static final Duration DEAD_TIME = Duration.ofSeconds(30);
    private static final double PER_SECOND_K = 0.03;

    private final CapturedHouse house;
    private final Map<Integer, Instant> offSince = new HashMap<>();
    private final Set<Integer> on = new TreeSet<>();
    private final Map<Integer, Integer> runs = new HashMap<>();
    private final MemoryHal hal;
    private double degrees;
    private Instant felt;

    /** Starts it in a room that warm. */
    WatchedAirco(CapturedHouse house, double degrees, String... more) {
        this.house = house;
        this.degrees = degrees;
        this.felt = house.now();
        String wired = "airco.heat.gpio = " + HEAT + "\nairco.cool.gpio = " + COOL + "\n";
        hal = house.start(new ThermostatNode(), "airco", wired + String.join("\n", more));
        offSince.put(HEAT, house.now());
        offSince.put(COOL, house.now());
        hal.onSwitch(this::switched);
        feel();
    }

    /** So often a relay can go on at most: it rests after each run, and once after the boot. */
    static int most(Duration time) {
        return (int) time.dividedBy(MIN_OFF);
    }

    int runs() {
        return runs(HEAT) + runs(COOL);
    }

    int runs(int pin) {
        return runs.getOrDefault(pin, 0);
    }

    boolean isOn(int pin) {
        return hal.isOn(pin);
    }

    double degrees() {
        return degrees;
    }

    void livesFor(Duration time) {
        house.pass(time);
        if (!house.now().isBefore(felt.plusSeconds(1))) {
            felt = house.now();
            degrees += (hal.isOn(HEAT) ? PER_SECOND_K : 0) - (hal.isOn(COOL) ? PER_SECOND_K : 0);
            feel();
        }
    }

    private void feel() {
        hal.setReading(new Reading.Measured(Celsius.of(Math.round(degrees * 16) / 16.0)));
    }

    private void switched(int pin, boolean isOn) {
        Instant now = house.now();
        if (isOn) {
            assertThat(on).as("never both").isEmpty();
            assertThat(Duration.between(offSince.get(pin), now)).isGreaterThanOrEqualTo(MIN_OFF.minusSeconds(1));
            assertThat(Duration.between(offSince.get(pin == HEAT ? COOL : HEAT), now))
                    .isGreaterThanOrEqualTo(DEAD_TIME.minusSeconds(1));
            on.add(pin);
            runs.merge(pin, 1, Integer::sum);
        } else {
            on.remove(pin);
            offSince.put(pin, now);
        }
    }
}
