package hearth.common.hal;

import hearth.common.value.Fix;
import java.util.function.Consumer;

/** A receiver that knows where it is. */
public interface PositionSource extends AutoCloseable {

    /**
     * Starts to listen, on a thread of its own, and hands over each fix as it comes. A receiver that is away is looked
     * for again and again; what is no fix is not handed over.
     */
    void start(Consumer<Fix> listener);

    /** Stops listening. */
    @Override
    void close();
}
