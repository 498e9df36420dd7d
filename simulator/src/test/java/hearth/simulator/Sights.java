package hearth.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A house as a test tells it: change what is to be seen, then look. */
final class Sights {

    boolean heating;
    boolean cooling;
    boolean brewing;
    boolean carHome;
    boolean sunny;

    /** How long the coffee has been ready; below nought while it is not. */
    int cupReadyForMin = -1;

    private final Map<String, String> heard = new HashMap<>(Map.of("sensor/temperature", "18.31"));

    Sights hear(String topic, String text) {
        heard.put(topic, text);
        return this;
    }

    Sights hearNothingOf(String topic) {
        heard.remove(topic);
        return this;
    }

    Sights room(double celsius) {
        return hear("sensor/temperature", Double.toString(celsius));
    }

    Sight at(int minute) {
        return new Sight(
                House.BEGIN.plusMinutes(minute),
                heard,
                18.4,
                heating,
                cooling,
                brewing,
                cupReadyForMin >= 0,
                Duration.ofMinutes(Math.max(0, cupReadyForMin)),
                carHome,
                12.3,
                sunny);
    }
}
