package hearth.proving.checker;

import hearth.proving.journal.Event;

/** One pin as it is, by what was written to it. */
final class Relay {

    /** What the last write made of it. */
    enum Change {
        NONE,
        WENT_ON,
        WENT_OFF,
        REFUSED
    }

    private final int pin;
    private boolean on;
    private long since = Watch.LONG_AGO;
    private long restsSince = Watch.LONG_AGO;
    private long lastRunMs;

    Relay(int pin) {
        this.pin = pin;
    }

    Change driven(long now, Event.Driven driven) {
        if (driven.pin() != pin) {
            return Change.NONE;
        }
        if (driven.on() && !driven.worked()) {
            off(now);
            restsSince = now; // An error does not mean that nothing moved.
            return Change.REFUSED;
        }
        if (driven.on() == on || !driven.worked()) { // One that does not open is still on.
            return Change.NONE;
        }
        if (!driven.on()) {
            off(now);
            return Change.WENT_OFF;
        }
        on = true;
        since = now;
        return Change.WENT_ON;
    }

    /** The power is gone, or came back: both count as a switch-off. */
    void unpowered(long now) {
        off(now);
        restsSince = now;
    }

    private void off(long now) {
        if (on) {
            lastRunMs = now - since;
            restsSince = now;
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
    long restsSince() {
        return restsSince;
    }

    /** How long it was on the last time. */
    long lastRunMs() {
        return lastRunMs;
    }
}
