package hearth.common.runtime;

import hearth.common.core.CommandLog;
import hearth.common.homeassistant.DiscoveryMessages;
import hearth.common.homeassistant.DiscoveryPublisher;
import hearth.common.mqtt.CommandPolicy;
import hearth.common.mqtt.NodeBus;
import hearth.common.mqtt.SignedCommandPolicy;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;

/**
 * A whole node: the device, its saved state, Home Assistant discovery and health. The only place where a node is put
 * together; the programs, the simulated year and the tests differ in the {@link NodePlatform} that they pass.
 */
public record NodeAssembly(Node<?, ?> node, NodeBus bus) {

    /** Puts the node together. Nothing is driven until the node runs; nothing is sent until the bus is connected. */
    public static <C> NodeAssembly of(ConfiguredNode<C> configured, NodePlatform platform) {
        NodeSettings common = configured.common();
        NodeContext context = context(common, platform);
        Node<?, ?> node = configured.type().assemble(configured.device(), context);
        DiscoveryPublisher.start(
                common.discovery(),
                new DiscoveryMessages(
                        common.prefix(),
                        common.name(),
                        configured.type().program(),
                        platform.version(),
                        platform.timeScale(),
                        common.authorizedKeys().isEmpty()), // Home Assistant signs no commands.
                configured.type().entities(configured.device()),
                context,
                platform.storage().state(common.name() + ".discovery"));
        context.timers()
                .every("health", HealthPublisher.CHECK_PERIOD, new HealthPublisher(node, context, platform.version()));
        return new NodeAssembly(node, context.bus());
    }

    /** The parts for a node, without the node: for a test of one part. */
    public static NodeContext context(NodeSettings common, NodePlatform platform) {
        Timers timers = platform.timers();
        NodeBus bus = new NodeBus(
                platform.bus(),
                common.prefix(),
                common.name(),
                timers.clock(),
                platform.timeScale(),
                commandPolicy(common, platform));
        return new NodeContext(
                platform.hal(),
                bus,
                timers,
                platform.wallClock(),
                new StateWriter(platform.storage().state(common.name()), timers),
                platform.storage().folder(),
                platform.bootId(),
                new AtomicLong());
    }

    private static CommandPolicy commandPolicy(NodeSettings common, NodePlatform platform) {
        if (common.authorizedKeys().isEmpty()) {
            return CommandPolicy.ALLOW_ALL;
        }
        Logger.info(
                "accepts only signed commands, from {} authorized key(s)",
                common.authorizedKeys().size());
        return new SignedCommandPolicy(
                common.authorizedKeys(),
                CommandLog.MAX_SAVED,
                () -> platform.wallClock().now().map(ZonedDateTime::toInstant),
                platform.timers().clock());
    }
}
