package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.mqtt.NodeBus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a node is assembled from: a real board or a mock one, a real broker or one in memory, real time or virtual.
 *
 * @param stateFolder  where the node keeps files of its own; empty if it keeps none
 * @param bootId       random and new at each start
 * @param sensorErrors readings that failed, counted by whoever reads and told in {@code health}
 */
public record NodeContext(
        Hal hal,
        NodeBus bus,
        Timers timers,
        WallClock wallClock,
        StateWriter stateWriter,
        Optional<Path> stateFolder,
        String bootId,
        AtomicLong sensorErrors) {

    /** Without files of its own. */
    public NodeContext(
            Hal hal,
            NodeBus bus,
            Timers timers,
            WallClock wallClock,
            StateWriter stateWriter,
            String bootId,
            AtomicLong sensorErrors) {
        this(hal, bus, timers, wallClock, stateWriter, Optional.empty(), bootId, sensorErrors);
    }
}
