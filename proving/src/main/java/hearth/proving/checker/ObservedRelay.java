package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;

/** One pin as it is, by what was written to it. */
final class ObservedRelay {

    /** What the last write made of it. */
    enum RelayChange {
        NONE,
        WENT_ON,
        WENT_OFF,
        FAILED
    }

    private final int pin;
    private boolean on;
    private long since = EventObserver.LONG_AGO;
    private long offSince = EventObserver.LONG_AGO;
    private long lastRunMs;

    ObservedRelay(int pin) {
        this.pin = pin;
    }

    RelayChange onDriven(long now, JournalEvent.OutputDriven driven) {
        if (driven.pin() != pin) {
            return RelayChange.NONE;
        }
        if (driven.on() && !driven.succeeded()) {
            switchOff(now);
            offSince = now; // An error does not mean that nothing moved.
            return RelayChange.FAILED;
        }
        if (driven.on() == on || !driven.succeeded()) { // One that does not open is still on.
            return RelayChange.NONE;
        }
        if (!driven.on()) {
            switchOff(now);
            return RelayChange.WENT_OFF;
        }
        on = true;
        since = now;
        return RelayChange.WENT_ON;
    }

    /** The power is gone, or came back: both count as a switch-off. */
    void unpowered(long now) {
        switchOff(now);
        offSince = now;
    }

    private void switchOff(long now) {
        if (on) {
            lastRunMs = now - since;
            offSince = now;
            on = false;
        }
    }

    boolean on() {
        return on;
    }

    /** When it last went on. */
    long since() {
        return since;
    }

    /** When it last went off, refused to go on, or was without power. */
    long offSince() {
        return offSince;
    }

    /** How long it was on the last time. */
    long lastRunMs() {
        return lastRunMs;
    }
}
