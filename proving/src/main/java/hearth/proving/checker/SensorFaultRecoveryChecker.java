package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedSensing;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;

/**
 * Checks that a device clears the fault of its sensor once readings have been good for two sample periods and fifteen
 * seconds.
 */
final class SensorFaultRecoveryChecker implements EventObserver {

    /** A fault with readings that are each valid. */
    private static final String STUCK = "sensor-stuck";

    private static final long CLEAR_WITHIN_MS = Duration.ofSeconds(15).toMillis();

    private final String node;
    private final String faultTopic;
    private final ObservedRoom room;
    private final long staleMs;
    private final long allowedMs;
    private final FindingsRecorder findings;
    private boolean faulty;
    private boolean reported;

    /** Since when the device's own sensor has been good. */
    private long goodSince = NEVER;

    private long goodAt = LONG_AGO;
    private long dueAt = NEVER;
    private boolean changed;

    SensorFaultRecoveryChecker(String node, ExpectedSensing sensing, FindingsRecorder findings) {
        this.node = node;
        this.faultTopic = node + "/fault";
        this.room = new ObservedRoom(sensing);
        this.staleMs = sensing.staleAfter().toMillis();
        this.allowedMs = sensing.samplePeriod().toMillis() * 2 + CLEAR_WITHIN_MS;
        this.findings = findings;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        changed = true;
        if (event instanceof JournalEvent.Booted || event instanceof JournalEvent.PowerCut) {
            faulty = false;
            goodSince = NEVER;
            goodAt = LONG_AGO;
            room.forget();
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().equals(faultTopic)) {
            boolean before = faulty;
            faulty = (message.payload().startsWith("sensor-")
                            && !message.payload().equals(STUCK))
                    || message.payload().equals("no-reading");
            if (faulty && !before) {
                findings.tested(SafetyRule.FAULTS_CLEAR);
                reported = false;
            }
        } else if (event instanceof JournalEvent.SensorRead || event instanceof JournalEvent.MessageReceived) {
            boolean measured = room.onEvent(now, event);
            if (event instanceof JournalEvent.SensorRead) {
                goodSince = measured ? now - goodAt < staleMs ? goodSince : now : NEVER;
                goodAt = measured ? now : LONG_AGO;
            }
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (changed) {
            changed = false;
            if (!room.isPlausible(now) || now - goodAt >= staleMs) {
                goodSince = NEVER;
                goodAt = LONG_AGO;
            }
            dueAt = faulty && goodSince != NEVER ? goodSince + allowedMs : NEVER;
        }
        if (next > dueAt && dueAt < goodAt + staleMs && !reported) {
            reported = true;
            findings.broken(
                    SafetyRule.FAULTS_CLEAR,
                    dueAt,
                    node,
                    "still publishes a sensor fault, but readings have been good since " + goodSince / 1000 + " s");
        }
    }
}
