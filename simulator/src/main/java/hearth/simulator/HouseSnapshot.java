package hearth.simulator;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is visible outside the nodes at one moment: relay levels, the cup, the car, and the latest messages.
 *
 * @param latest      the latest message per topic, by the name below the prefix, such as {@code car/distance}
 * @param sensorC     the simulated temperature at the sensor, for use without a message
 * @param cupReadyFor how long the coffee has been ready; undefined unless {@code cupReady}
 * @param carHome     the car is at home on the simulated track
 */
record HouseSnapshot(
        LocalDateTime time,
        Map<String, String> latest,
        double sensorC,
        boolean heating,
        boolean cooling,
        boolean brewing,
        boolean cupReady,
        Duration cupReadyFor,
        boolean carHome,
        double outsideC,
        boolean sunny) {

    HouseSnapshot {
        latest = Map.copyOf(latest);
    }

    /** The latest message; empty if there is none. */
    String latest(String topic) {
        return latest.getOrDefault(topic, "");
    }

    /** The temperature that the sensor node published; empty while the broker is away. */
    OptionalDouble roomC() {
        return parsed("sensor/temperature");
    }

    OptionalDouble parsed(String topic) {
        try {
            double number = Double.parseDouble(latest(topic));
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
