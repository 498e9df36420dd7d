package hearth.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Builds snapshots for tests: change the fields, then call {@link #at}. */
final class SnapshotBuilder {

    boolean heating;
    boolean cooling;
    boolean brewing;
    boolean carHome;
    boolean sunny;

    /** How long the coffee has been ready; negative while it is not ready. */
    int cupReadyForMin = -1;

    private final Map<String, String> messages = new HashMap<>(Map.of("sensor/temperature", "18.31"));

    SnapshotBuilder message(String topic, String text) {
        messages.put(topic, text);
        return this;
    }

    SnapshotBuilder withoutMessage(String topic) {
        messages.remove(topic);
        return this;
    }

    SnapshotBuilder room(double celsius) {
        return message("sensor/temperature", Double.toString(celsius));
    }

    HouseSnapshot at(int minute) {
        return new HouseSnapshot(
                House.BEGIN.plusMinutes(minute),
                messages,
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
