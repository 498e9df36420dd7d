package hearth.proving.year;

import hearth.common.hal.Relay;
import java.io.IOException;
import java.util.function.Consumer;

/** One relay and what hangs on it. It may refuse to go on, need a second blow to go off, or be welded. */
final class SimulatedRelay implements Relay {

    private final Consumer<Boolean> load;
    private boolean on;
    private boolean failsToClose;
    private int failsToOpen;

    /** @param load told each level that the relay is brought to */
    SimulatedRelay(Consumer<Boolean> load) {
        this.load = load;
    }

    @Override
    public void set(boolean wanted) throws IOException {
        if (wanted && failsToClose) {
            switchTo(false);
            throw new IOException("the line is busy");
        }
        if (!wanted && on && failsToOpen > 0) {
            failsToOpen--;
            throw new IOException("no answer from the chip");
        }
        switchTo(wanted);
    }

    boolean isOn() {
        return on;
    }

    void failToClose(boolean refuses) {
        failsToClose = refuses;
    }

    /** So many times from now on it does not open when told to. */
    void failToOpen(int times) {
        failsToOpen = times;
    }

    /** From outside of the process: the pull of the board without power, or the unit's stop hook. */
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
