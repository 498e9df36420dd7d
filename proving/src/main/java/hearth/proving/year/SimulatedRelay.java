package hearth.proving.year;

import hearth.common.hal.Relay;
import java.io.IOException;
import java.util.function.Consumer;

/** A relay with its load. It may fail to switch on, switch off only after several attempts, or be welded. */
final class SimulatedRelay implements Relay {

    private final Consumer<Boolean> load;
    private boolean on;
    private boolean failsToClose;
    private int failsToOpen;

    /** @param load receives each change of the relay */
    SimulatedRelay(Consumer<Boolean> load) {
        this.load = load;
    }

    @Override
    public void set(boolean requested) throws IOException {
        if (requested && failsToClose) {
            switchTo(false);
            throw new IOException("the line is busy");
        }
        if (!requested && on && failsToOpen > 0) {
            failsToOpen--;
            throw new IOException("no answer from the chip");
        }
        switchTo(requested);
    }

    boolean isOn() {
        return on;
    }

    void failToClose(boolean refuses) {
        failsToClose = refuses;
    }

    /** From now on it fails to open this many times. */
    void failToOpen(int times) {
        failsToOpen = times;
    }

    /** Switches off from outside the process: by the pull resistor without power, or by the stop hook. */
    void forceOff() {
        failsToOpen = 0;
        switchTo(false);
    }

    private void switchTo(boolean now) {
        if (now != on) {
            load.accept(now);
            on = now;
        }
    }
}
