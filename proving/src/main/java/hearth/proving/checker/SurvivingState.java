package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;

/**
 * What one device must still know after a power cut: all that was so when its last good write began, and what it has had
 * a minute to write down since. A torn card has lost the later of its two generations.
 */
final class SurvivingState implements EventObserver {

    private static final long SAVE_WITHIN_MS = Duration.ofMinutes(1).toMillis();

    private long saveStartedAt = LONG_AGO;
    private boolean savePending;
    private long latestSaveAt = LONG_AGO;
    private long previousSaveAt = LONG_AGO;
    private boolean latestLost;
    private long powerCutAt = LONG_AGO;

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.SaveRequested) {
            saveStartedAt = now;
            savePending = true;
        } else if (event instanceof JournalEvent.SaveFinished stored && stored.onDisk()) {
            previousSaveAt = latestLost ? previousSaveAt : latestSaveAt;
            latestSaveAt = saveStartedAt;
            latestLost = false;
            savePending = false;
        } else if (event instanceof JournalEvent.PowerCut) {
            powerCutAt = now;
        } else if (event instanceof JournalEvent.Booted booted) {
            onBoot(booted.stateLost());
        }
    }

    private void onBoot(boolean forgot) {
        if (forgot) {
            latestLost = true;
            latestSaveAt = previousSaveAt;
        } else if (!savePending) {
            latestSaveAt = Math.max(latestSaveAt, powerCutAt - SAVE_WITHIN_MS);
        }
        savePending = false;
    }

    /** Asked at a boot: what was learnt before this moment survived. */
    long survivesBefore() {
        return latestSaveAt;
    }
}
