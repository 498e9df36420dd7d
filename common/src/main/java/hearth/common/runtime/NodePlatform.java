package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.mqtt.Bus;
import hearth.common.value.TimeScale;

/**
 * The world around a node: a Pi, a laptop with mock hardware, or a test in virtual time.
 *
 * @param bus     not connected yet
 * @param bootId  random and new at each start
 * @param version of the program
 */
public record NodePlatform(
        Hal hal,
        Bus bus,
        Timers timers,
        WallClock wallClock,
        TimeScale timeScale,
        NodeStorage storage,
        String bootId,
        String version) {}
