package hearth.common.hal;

import hearth.common.value.Fix;
import java.util.function.Consumer;

/** A position receiver, such as GPS. */
public interface PositionSource extends AutoCloseable {

    /**
     * Starts a thread that passes each fix to the listener. If the receiver is not reachable, it retries until it is.
     * Input that is not a fix is dropped.
     */
    void start(Consumer<Fix> listener);

    /** Stops the thread. */
    @Override
    void close();
}
