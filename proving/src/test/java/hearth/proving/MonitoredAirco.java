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

/** A thermostat in a room with a strong heater, monitored at its pins. */
final class MonitoredAirco {

    static final int HEAT = 17;
    static final int COOL = 27;

    private static final Duration MIN_OFF = Duration.ofMinutes(5);
    private static final Duration DEAD_TIME = Duration.ofSeconds(30);
    private static final double HEATING_K_PER_S = 0.03;

    private final CapturedBrokerRig rig;
    private final Map<Integer, Instant> offSince = new HashMap<>();
    private final Set<Integer> on = new TreeSet<>();
    private final Map<Integer, Integer> switchOns = new HashMap<>();
    private final MemoryHal outputs;
    private double degrees;
    private Instant updatedAt;

    /** Starts it in a room with this temperature. */
    MonitoredAirco(CapturedBrokerRig rig, double degrees, String... more) {
        this.rig = rig;
        this.degrees = degrees;
        this.updatedAt = rig.now();
        String wired = "airco.heat.gpio = " + HEAT + "\nairco.cool.gpio = " + COOL + "\n";
        outputs = rig.start(new ThermostatNode(), "airco", wired + String.join("\n", more));
        offSince.put(HEAT, rig.now());
        offSince.put(COOL, rig.now());
        outputs.onSwitch(this::onSwitched);
        updateTemperature();
    }

    /** The maximum number of switch-ons of a relay: it pauses after each period, and after the boot. */
    static int maxSwitchOns(Duration time) {
        return (int) time.dividedBy(MIN_OFF);
    }

    int switchOns() {
        return switchOns(HEAT) + switchOns(COOL);
    }

    int switchOns(int pin) {
        return switchOns.getOrDefault(pin, 0);
    }

    boolean isOn(int pin) {
        return outputs.isOn(pin);
    }

    double degrees() {
        return degrees;
    }

    void runFor(Duration time) {
        rig.advance(time);
        if (!rig.now().isBefore(updatedAt.plusSeconds(1))) {
            updatedAt = rig.now();
            degrees += (outputs.isOn(HEAT) ? HEATING_K_PER_S : 0) - (outputs.isOn(COOL) ? HEATING_K_PER_S : 0);
            updateTemperature();
        }
    }

    private void updateTemperature() {
        outputs.setReading(new Reading.Measured(Celsius.of(Math.round(degrees * 16) / 16.0)));
    }

    private void onSwitched(int pin, boolean isOn) {
        Instant now = rig.now();
        if (isOn) {
            assertThat(on).as("never both relays on").isEmpty();
            assertThat(Duration.between(offSince.get(pin), now)).isGreaterThanOrEqualTo(MIN_OFF.minusSeconds(1));
            assertThat(Duration.between(offSince.get(pin == HEAT ? COOL : HEAT), now))
                    .isGreaterThanOrEqualTo(DEAD_TIME.minusSeconds(1));
            on.add(pin);
            switchOns.merge(pin, 1, Integer::sum);
        } else {
            on.remove(pin);
            offSince.put(pin, now);
        }
    }
}
