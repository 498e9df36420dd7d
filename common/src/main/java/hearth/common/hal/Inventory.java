package hearth.common.hal;

import java.util.List;
import java.util.Set;

/**
 * What an owner may choose from on a board.
 *
 * @param sensors addresses of the DS18B20s that answer, in order
 * @param pinsInUse    pins that some program has taken
 */
public record Inventory(List<String> sensors, Set<Integer> pinsInUse) {

    /** Of a board that nothing is known of. */
    public static final Inventory UNKNOWN = new Inventory(List.of(), Set.of());

    public Inventory {
        sensors = List.copyOf(sensors);
        pinsInUse = Set.copyOf(pinsInUse);
    }
}
