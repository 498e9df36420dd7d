package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches that one device tells of a fault no longer than fifteen seconds after it is over: a disk that takes notes
 * again, a clock that is set, a receiver that has a place, a relay that was tried again.
 */
final class FaultRecoveryChecker implements EventObserver {

    private static final long CLEAR_WITHIN_MS = Duration.ofSeconds(15).toMillis();

    /** After a relay refused there is its rest, and a minute in which it may be tried again. */
    private static final long RELAY_FAULT_WITHIN_MS = Duration.ofMinutes(6).toMillis();

    private static final long POSITION_VALID_MS = Duration.ofMinutes(1).toMillis();

    /** More than make a device believe in another place. */
    private static final int MIN_FIXES = 4;

    private static final String STORAGE = "storage";
    private static final String CLOCK = "clock-unsynced";
    private static final String NO_FIX = "gps-no-fix";
    private static final String RELAY = "relay-";

    private final String node;
    private final String faultTopic;
    private final ObservedReceiver receiver;
    private final FindingsRecorder findings;

    /** When what a fault is about was seen to be well. */
    private final Map<String, Long> healthySince = new HashMap<>();

    private String reported = "";
    private long reportedSince;
    private boolean broken;

    FaultRecoveryChecker(String node, Expectations house, FindingsRecorder ledger) {
        this.node = node;
        this.faultTopic = node + "/fault";
        this.receiver = new ObservedReceiver(house.car().worstFixM());
        this.findings = ledger;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.SaveFinished stored) {
            updateHealth(STORAGE, stored.onDisk(), now);
        } else if (event instanceof JournalEvent.WallClockRead looked) {
            updateHealth(CLOCK, looked.time().isPresent(), now);
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
        } else if (event instanceof JournalEvent.MessagePublished said
                && said.topic().equals(faultTopic)) {
            reported(now, said.payload());
        }
    }

    private void updateHealth(String fault, boolean well, long now) {
        if (well) {
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
                    "still tells " + reported + ", which is over since " + since / 1000);
        }
    }
}
