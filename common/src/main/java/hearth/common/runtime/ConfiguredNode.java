package hearth.common.runtime;

import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;

/**
 * A kind of node with the settings of one node.
 *
 * @param common the settings that every node has
 * @param device the settings of this kind of node
 */
public record ConfiguredNode<C>(NodeType<C> type, NodeSettings common, C device) {

    /** @throws BadSettings with all problems of the file */
    public static <C> ConfiguredNode<C> read(NodeType<C> type, Settings file) throws BadSettings {
        return file.check(
                settings -> new ConfiguredNode<>(type, NodeSettings.read(settings), type.readSettings(settings)));
    }
}
