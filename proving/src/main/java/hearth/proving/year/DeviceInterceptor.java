package hearth.proving.year;

import hearth.common.hal.Hal;
import hearth.common.mqtt.Bus;
import hearth.common.runtime.Timers;
import hearth.common.store.StateStore;
import java.util.List;

/**
 * What stands between a device and its skin: nothing, as a rule. A test puts a defect here, outside the device and inside
 * of what is written down, to see who notices.
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
