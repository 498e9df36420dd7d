package hearth.proving.year;

import hearth.common.hal.Hal;
import hearth.common.mqtt.Bus;
import hearth.common.runtime.Timers;
import hearth.common.store.StateStore;
import java.util.List;

/**
 * Changes the inputs and outputs of a device; by default it changes nothing. A test injects a defect here, between the
 * device and the recorder, to show that the checker detects it.
 */
public interface DeviceInterceptor {

    DeviceInterceptor NONE = new DeviceInterceptor() {};

    default List<String> settings(String node, List<String> settings) {
        return settings;
    }

    default Hal hal(String node, Hal hal, Timers timers) {
        return hal;
    }

    default Bus bus(String node, Bus bus) {
        return bus;
    }

    default StateStore store(String node, StateStore store) {
        return store;
    }

    default Timers timers(String node, Timers timers) {
        return timers;
    }
}
