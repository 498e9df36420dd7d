package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.mqtt.NodeBus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parts from which a {@link NodeType} assembles its node. {@link NodeAssembly} makes it.
 *
 * @param folder       for files of the device's own; empty if there is no disk for them
 * @param bootId       random and new at each start
 * @param sensorErrors counts the failed readings; published in {@code health}
 */
public record NodeContext(
        Hal hal,
        NodeBus bus,
        Timers timers,
        WallClock wallClock,
        StateWriter stateWriter,
        Optional<Path> folder,
        String bootId,
        AtomicLong sensorErrors) {}
