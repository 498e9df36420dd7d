package hearth.simulator;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What somebody outside the nodes sees at one moment: the levels of the relays, the cup, the car, and what the broker
 * last passed on.
 *
 * @param latest       the latest message of each topic, by its name below the prefix, such as {@code car/distance}
 * @param sensorC       the room's temperature at the sensor, for when nothing is heard
 * @param cupReadyFor how long the coffee has been ready; means nothing unless {@code cupReady}
 * @param carHome     the car stands at home, by the simulated track
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

    /** The latest message, empty if there is none. */
    String latest(String topic) {
        return latest.getOrDefault(topic, "");
    }

    /** The room's temperature as the sensor node told the house; empty while the broker is away. */
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
