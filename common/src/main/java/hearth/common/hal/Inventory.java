package hearth.common.hal;

import java.util.List;
import java.util.Set;

/**
 * Sensors and pins of a board, for the settings wizard.
 *
 * @param sensors   addresses of the DS18B20 sensors that answer, in order
 * @param pinsInUse BCM numbers of the pins that a program uses
 */
public record Inventory(List<String> sensors, Set<Integer> pinsInUse) {

    /** For a board that cannot be inspected. */
    public static final Inventory UNKNOWN = new Inventory(List.of(), Set.of());

    public Inventory {
        sensors = List.copyOf(sensors);
        pinsInUse = Set.copyOf(pinsInUse);
    }
}
