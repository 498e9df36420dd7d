package hearth.common.runtime;

import hearth.common.hal.Wiring;
import hearth.common.homeassistant.CommonEntities;
import hearth.common.homeassistant.Entity;
import hearth.common.message.Topic;
import hearth.common.settings.Settings;
import java.util.List;

/**
 * A kind of node, for the {@link Launcher}.
 *
 * @param <C> its settings
 */
public interface NodeType<C> {

    /** The program's name, such as {@code thermostat-node}. */
    String program();

    /** What it does, in one sentence. */
    String purpose();

    /** What it says and is told, the topics that every node has aside: for documentation. */
    List<Topic<?>> topics();

    /** Reads its settings, {@link NodeSettings} aside, and complains to them about what does not go together. */
    C readSettings(Settings settings);

    /** What it needs of the board, by these settings. */
    Wiring wiring(C settings);

    /** What it shows to Home Assistant by these settings, {@link CommonEntities}'s aside. */
    default List<Entity> entities(C settings) {
        return List.of();
    }

    /** Puts the device together. Nothing is driven until the node runs. */
    Node<?, ?> assemble(C settings, NodeContext context);
}
