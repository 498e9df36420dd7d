package hearth.common.runtime;

import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import java.nio.file.Path;
import java.util.Optional;

/** The disk as a node sees it. */
public interface NodeStorage {

    /** A small saved state. @param name unique within the node, such as {@code airco.discovery} */
    StateStore state(String name);

    /** The folder for files of the device's own, such as the stored readings; empty if there is no disk for them. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    static NodeStorage in(Path folder) {
        return new NodeStorage() {
            @Override
            public StateStore state(String name) {
                return new StateFile(folder, name);
            }

            @Override
            public Optional<Path> folder() {
                return Optional.of(folder);
            }
        };
    }
}
