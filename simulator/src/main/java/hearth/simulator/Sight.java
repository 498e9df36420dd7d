package hearth.simulator;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What somebody outside the nodes sees at one moment: the levels of the relays, the cup, the car, and what the broker
 * last passed on.
 *
 * @param heard       the latest message of each topic, by its name below the prefix, such as {@code car/distance}
 * @param feltC       the room's temperature at the sensor, for when nothing is heard
 * @param cupReadyFor how long the coffee has been ready; means nothing unless {@code cupReady}
 * @param carHome     the car stands at home, by the simulated track
 */
record Sight(
        LocalDateTime time,
        Map<String, String> heard,
        double feltC,
        boolean heating,
        boolean cooling,
        boolean brewing,
        boolean cupReady,
        Duration cupReadyFor,
        boolean carHome,
        double outsideC,
        boolean sunny) {

    Sight {
        heard = Map.copyOf(heard);
    }

    /** The latest message, empty if there is none. */
    String heard(String topic) {
        return heard.getOrDefault(topic, "");
    }

    /** The room's temperature as the sensor node told the house; empty while the broker is away. */
    OptionalDouble roomC() {
        return number("sensor/temperature");
    }

    OptionalDouble number(String topic) {
        try {
            double number = Double.parseDouble(heard(topic));
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
