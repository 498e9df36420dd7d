package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.mqtt.Conversation;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a device is put together on: a real board or a mock one, a real broker or one in memory, real time or virtual.
 *
 * @param bootId       random and new at each start
 * @param sensorErrors readings that failed, counted by whoever reads and told in {@code health}
 */
public record Site(
        Hal hal,
        Conversation conversation,
        Timers timers,
        WallClock wall,
        Keeper keeper,
        String bootId,
        AtomicLong sensorErrors) {}
