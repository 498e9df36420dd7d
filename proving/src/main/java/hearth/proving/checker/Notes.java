package hearth.proving.checker;

import hearth.proving.journal.Event;
import java.time.Duration;

/**
 * What one device must still know after a power cut: all that was so when its last good write began, and what it has had
 * a minute to write down since. A torn card has lost the later of its two generations.
 */
final class Notes implements Watch {

    private static final long WRITTEN_WITHIN_MS = Duration.ofMinutes(1).toMillis();

    private long beganAt = LONG_AGO;
    private boolean owesAWrite;
    private long latest = LONG_AGO;
    private long before = LONG_AGO;
    private boolean torn;
    private long diedAt = LONG_AGO;

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Kept) {
            beganAt = now;
            owesAWrite = true;
        } else if (event instanceof Event.Stored stored && stored.onDisk()) {
            before = torn ? before : latest;
            latest = beganAt;
            torn = false;
            owesAWrite = false;
        } else if (event instanceof Event.PowerCut) {
            diedAt = now;
        } else if (event instanceof Event.Booted booted) {
            booted(booted.forgot());
        }
    }

    private void booted(boolean forgot) {
        if (forgot) {
            torn = true;
            latest = before;
        } else if (!owesAWrite) {
            latest = Math.max(latest, diedAt - WRITTEN_WITHIN_MS);
        }
        owesAWrite = false;
    }

    /** Asked at a boot: what was learnt before this moment survived. */
    long known() {
        return latest;
    }
}
