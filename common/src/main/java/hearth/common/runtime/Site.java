package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.mqtt.Conversation;
import hearth.common.store.ReadingStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a device is put together on: a real board or a mock one, a real broker or one in memory, real time or virtual.
 *
 * @param readings     where readings wait while the broker is away; empty where none are kept
 * @param bootId       random and new at each start
 * @param sensorErrors readings that failed, counted by whoever reads and told in {@code health}
 */
public record Site(
        Hal hal,
        Conversation conversation,
        Timers timers,
        WallClock wall,
        Keeper keeper,
        Optional<ReadingStore> readings,
        String bootId,
        AtomicLong sensorErrors) {

    /** One that keeps no readings. */
    public Site(
            Hal hal,
            Conversation conversation,
            Timers timers,
            WallClock wall,
            Keeper keeper,
            String bootId,
            AtomicLong sensorErrors) {
        this(hal, conversation, timers, wall, keeper, Optional.empty(), bootId, sensorErrors);
    }
}
