package hearth.common.hal;

import hearth.common.value.Pin;
import java.util.Map;
import java.util.Optional;

/**
 * What a device needs of the board it runs on.
 *
 * @param outputs by the names that its controller gives them
 * @param inputs  by names for people
 * @param sensor  the address of its DS18B20, empty text for the only one there is; nothing if it needs none
 */
public record Wiring(Map<String, Pin> outputs, Map<String, Pin> inputs, Optional<String> sensor) {

    /** For a device that needs a network and nothing else. */
    public static final Wiring NONE = new Wiring(Map.of(), Map.of(), Optional.empty());

    public Wiring {
        outputs = Map.copyOf(outputs);
        inputs = Map.copyOf(inputs);
    }

    public boolean needsPins() {
        return !outputs.isEmpty() || !inputs.isEmpty();
    }
}
