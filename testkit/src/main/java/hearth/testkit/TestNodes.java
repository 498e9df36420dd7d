package hearth.testkit;

import hearth.common.hal.Hal;
import hearth.common.mqtt.Bus;
import hearth.common.runtime.ConfiguredNode;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeSettings;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.Timers;
import hearth.common.runtime.WallClock;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateStore;
import hearth.common.value.TimeScale;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** Settings and platforms of nodes in tests. */
public final class TestNodes {

    private TestNodes() {}

    /** @param lines of a settings file, without {@code node.name} */
    public static <C> ConfiguredNode<C> configured(NodeType<C> type, String name, String... lines) {
        try {
            return ConfiguredNode.read(type, file("node.name = " + name + "\n" + String.join("\n", lines)));
        } catch (BadSettings e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    /** The settings that every node has, with their defaults. */
    public static NodeSettings common(String name) {
        return read(NodeSettings::read, "node.name = " + name);
    }

    /** @throws AssertionError with all problems of the settings */
    public static <C> C read(Function<Settings, C> reader, String... lines) {
        try {
            return file(String.join("\n", lines)).check(reader);
        } catch (BadSettings e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    private static Settings file(String text) {
        return Settings.of("test.conf", text);
    }

    /** A platform in real or virtual time, whose wall clock shows UTC. */
    public static NodePlatform platform(Hal hal, Bus bus, Timers timers, NodeStorage storage, String bootId) {
        return platform(hal, bus, timers, WallClock.simulated(timers.clock(), ZoneOffset.UTC), storage, bootId);
    }

    /** A platform in real or virtual time. */
    public static NodePlatform platform(
            Hal hal, Bus bus, Timers timers, WallClock wallClock, NodeStorage storage, String bootId) {
        return new NodePlatform(hal, bus, timers, wallClock, TimeScale.REAL_TIME, storage, bootId, "1.2.3");
    }

    /** The saved state of this node goes to {@code state}, all other data to {@code others}. */
    public static NodeStorage storage(String node, StateStore state, NodeStorage others) {
        return new NodeStorage() {
            @Override
            public StateStore state(String name) {
                return name.equals(node) ? state : others.state(name);
            }

            @Override
            public Optional<Path> folder() {
                return others.folder();
            }
        };
    }
}
