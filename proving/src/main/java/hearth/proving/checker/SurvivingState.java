package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;

/**
 * The state that a device must still have after a power cut: the state at the start of its last complete write, and
 * every change for whose write it has had one minute since. A damaged card has lost the later of its two generations.
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
        } else if (event instanceof JournalEvent.SaveFinished save && save.onDisk()) {
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

    private void onBoot(boolean stateLost) {
        if (stateLost) {
            latestLost = true;
            latestSaveAt = previousSaveAt;
        } else if (!savePending) {
            latestSaveAt = Math.max(latestSaveAt, powerCutAt - SAVE_WITHIN_MS);
        }
        savePending = false;
    }

    /** Valid at a boot: a change before this time must have survived. */
    long survivesBefore() {
        return latestSaveAt;
    }
}
