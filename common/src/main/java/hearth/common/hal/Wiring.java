package hearth.common.hal;

import hearth.common.value.Pin;
import java.util.Map;
import java.util.Optional;

/**
 * The pins and the sensor that a node needs.
 *
 * @param outputs by the names that the controller uses
 * @param inputs  by names for the owner
 * @param sensor  the address of its DS18B20; empty text for the only sensor on the bus; absent if the node needs no
 *     sensor
 */
public record Wiring(Map<String, Pin> outputs, Map<String, Pin> inputs, Optional<String> sensor) {

    /** For a node that needs only a network. */
    public static final Wiring NONE = new Wiring(Map.of(), Map.of(), Optional.empty());

    public Wiring {
        outputs = Map.copyOf(outputs);
        inputs = Map.copyOf(inputs);
    }

    public boolean needsPins() {
        return !outputs.isEmpty() || !inputs.isEmpty();
    }
}
