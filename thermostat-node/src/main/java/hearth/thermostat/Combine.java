package hearth.thermostat;

import hearth.common.value.Celsius;
import java.util.Collections;
import java.util.List;

/** How the temperatures of several fresh sources become the room's temperature. */
enum Combine {
    MEAN,
    MIN,
    MAX,
    FIRST;

    /** @param temperatures at least one, in the order of the settings */
    Celsius apply(List<Celsius> temperatures) {
        return switch (this) {
            case MEAN ->
                Celsius.of(temperatures.stream()
                        .mapToDouble(Celsius::degrees)
                        .average()
                        .orElseThrow());
            case MIN -> Collections.min(temperatures);
            case MAX -> Collections.max(temperatures);
            case FIRST -> temperatures.get(0);
        };
    }
}
