package hearth.proving.replay;

import hearth.common.hal.PositionSource;
import hearth.common.value.Fix;
import java.util.function.Consumer;

/** A receiver whose fixes come from {@link #emit}. A fix without a listener is lost. */
public final class ManualPositionSource implements PositionSource {

    private Consumer<Fix> listener = fix -> {};

    public void emit(Fix fix) {
        listener.accept(fix);
    }

    @Override
    public void start(Consumer<Fix> newListener) {
        listener = newListener;
    }

    @Override
    public void close() {
        listener = fix -> {};
    }
}
