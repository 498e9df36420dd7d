package hearth.common.runtime;

import hearth.common.hal.Wiring;
import hearth.common.homeassistant.CommonEntities;
import hearth.common.homeassistant.Entity;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.settings.Settings;
import java.util.List;

/**
 * A kind of node. {@link NodeAssembly} makes nodes of it, {@link Launcher} runs them as programs.
 *
 * @param <C> its settings
 */
public interface NodeType<C> {

    /** The topics of every node. */
    List<Topic<?>> COMMON_TOPICS =
            List.of(CommonTopics.STATUS, Health.TOPIC, CommonTopics.FAULT, Result.TOPIC, CommonTopics.RESET);

    /** The program's name, such as {@code thermostat-node}. */
    String program();

    /** What it does, in one sentence without a subject. */
    String purpose();

    /** The topics of this kind, besides {@link #COMMON_TOPICS}: for documentation. */
    List<Topic<?>> topics();

    /** Reads its settings, besides {@link NodeSettings}, and reports settings that exclude each other. */
    C readSettings(Settings settings);

    /** The pins and the sensor that it needs with these settings. */
    Wiring wiring(C settings);

    /** The entities that Home Assistant shows with these settings, besides those of {@link CommonEntities}. */
    default List<Entity> entities(C settings) {
        return List.of();
    }

    /** Assembles the device. Nothing is driven until the node runs. */
    Node<?, ?> assemble(C settings, NodeContext context);
}
