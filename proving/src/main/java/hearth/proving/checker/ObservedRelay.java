package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;

/** The level of one pin, derived from the writes to it. */
final class ObservedRelay {

    /** The effect of a write. */
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
            offSince = now; // The relay may have moved in spite of the error.
            return RelayChange.FAILED;
        }
        if (driven.on() == on || !driven.succeeded()) { // A relay that does not open is still on.
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

    /** The power fails or returns: both count as a switch-off. */
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

    /** When it last switched on. */
    long since() {
        return since;
    }

    /** When it last switched off, failed to switch on, or was without power. */
    long offSince() {
        return offSince;
    }

    /** How long it was on the last time, in milliseconds. */
    long lastRunMs() {
        return lastRunMs;
    }
}
