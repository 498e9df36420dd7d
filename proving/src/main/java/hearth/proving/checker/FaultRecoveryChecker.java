package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that a device clears a fault at most fifteen seconds after its cause has ended: the disk can be written again,
 * the clock is set, the receiver has a fix, or the relay was switched again.
 */
final class FaultRecoveryChecker implements EventObserver {

    private static final long CLEAR_WITHIN_MS = Duration.ofSeconds(15).toMillis();

    /** After a failed switch-on there is the minimum pause, and one minute in which the device may try again. */
    private static final long RELAY_FAULT_WITHIN_MS = Duration.ofMinutes(6).toMillis();

    private static final long POSITION_VALID_MS = Duration.ofMinutes(1).toMillis();

    /** More fixes than a device requires to accept another position. */
    private static final int MIN_FIXES = 4;

    private static final String STORAGE = "storage";
    private static final String CLOCK = "clock-unsynced";
    private static final String NO_FIX = "gps-no-fix";
    private static final String RELAY = "relay-";

    private final String node;
    private final String faultTopic;
    private final ObservedReceiver receiver;
    private final FindingsRecorder findings;

    /** Since when the cause of each fault has been absent. */
    private final Map<String, Long> healthySince = new HashMap<>();

    private String reported = "";
    private long reportedSince;
    private boolean broken;

    FaultRecoveryChecker(String node, Expectations expectations, FindingsRecorder findings) {
        this.node = node;
        this.faultTopic = node + "/fault";
        this.receiver = new ObservedReceiver(expectations.car().worstFixM());
        this.findings = findings;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.SaveFinished save) {
            updateHealth(STORAGE, save.onDisk(), now);
        } else if (event instanceof JournalEvent.WallClockRead clock) {
            updateHealth(CLOCK, clock.time().isPresent(), now);
        } else if (event instanceof JournalEvent.OutputDriven driven && driven.on() && !driven.succeeded()) {
            healthySince.put(RELAY, now + RELAY_FAULT_WITHIN_MS);
        } else if (event instanceof JournalEvent.OutputDriven driven && driven.on()) {
            healthySince.put(RELAY, now);
        } else if (event instanceof JournalEvent.FixRead fixed && receiver.accepts(now, fixed)) {
            updateHealth(NO_FIX, receiver.plausibleCount() >= MIN_FIXES, now);
        } else if (event instanceof JournalEvent.Booted || event instanceof JournalEvent.PowerCut) {
            healthySince.clear();
            receiver.forget();
            reported = "";
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().equals(faultTopic)) {
            reported(now, message.payload());
        }
    }

    private void updateHealth(String fault, boolean healthy, long now) {
        if (healthy) {
            healthySince.putIfAbsent(fault, now);
        } else {
            healthySince.remove(fault);
        }
    }

    private void reported(long now, String fault) {
        if (!fault.equals(reported)) {
            reported = fault;
            reportedSince = now;
            broken = false;
            if (fault.equals(STORAGE) || fault.equals(CLOCK) || fault.equals(NO_FIX) || fault.startsWith(RELAY)) {
                findings.tested(SafetyRule.FAULTS_CLEAR);
            }
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        Long since = healthySince.get(reported.startsWith(RELAY) ? RELAY : reported);
        if (since == null || broken) {
            return;
        }
        long due = Math.max(since, reportedSince) + CLEAR_WITHIN_MS;
        boolean stillWell = !reported.equals(NO_FIX) || due < receiver.latestAt() + POSITION_VALID_MS;
        if (next > due && stillWell) {
            broken = true;
            findings.broken(
                    SafetyRule.FAULTS_CLEAR,
                    due,
                    node,
                    "still publishes the fault " + reported + ", whose cause ended at " + since / 1000 + " s");
        }
    }
}
