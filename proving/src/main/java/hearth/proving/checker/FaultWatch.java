package hearth.proving.checker;

import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches that one device tells of a fault no longer than fifteen seconds after it is over: a disk that takes notes
 * again, a clock that is set, a receiver that has a place, a relay that was tried again.
 */
final class FaultWatch implements Watch {

    private static final long HEALED_MS = Duration.ofSeconds(15).toMillis();

    /** After a relay refused there is its rest, and a minute in which it may be tried again. */
    private static final long REFUSAL_IS_TOLD_MS = Duration.ofMinutes(6).toMillis();

    private static final long PLACE_HOLDS_MS = Duration.ofMinutes(1).toMillis();

    /** More than make a device believe in another place. */
    private static final int ENOUGH_FIXES = 4;

    private static final String STORAGE = "storage";
    private static final String CLOCK = "clock-unsynced";
    private static final String NO_FIX = "gps-no-fix";
    private static final String RELAY = "relay-";

    private final String node;
    private final String faultTopic;
    private final Receiver receiver;
    private final Ledger ledger;

    /** When what a fault is about was seen to be well. */
    private final Map<String, Long> wellSince = new HashMap<>();

    private String told = "";
    private long toldSince;
    private boolean broken;

    FaultWatch(String node, Expectations house, Ledger ledger) {
        this.node = node;
        this.faultTopic = node + "/fault";
        this.receiver = new Receiver(house.car().worstFixM());
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Stored stored) {
            is(STORAGE, stored.onDisk(), now);
        } else if (event instanceof Event.Looked looked) {
            is(CLOCK, looked.time().isPresent(), now);
        } else if (event instanceof Event.Driven driven && driven.on() && !driven.worked()) {
            wellSince.put(RELAY, now + REFUSAL_IS_TOLD_MS);
        } else if (event instanceof Event.Driven driven && driven.on()) {
            wellSince.put(RELAY, now);
        } else if (event instanceof Event.Fixed fixed && receiver.sees(now, fixed)) {
            is(NO_FIX, receiver.run() >= ENOUGH_FIXES, now);
        } else if (event instanceof Event.Booted || event instanceof Event.PowerCut) {
            wellSince.clear();
            receiver.forget();
            told = "";
        } else if (event instanceof Event.Said said && said.topic().equals(faultTopic)) {
            told(now, said.payload());
        }
    }

    private void is(String fault, boolean well, long now) {
        if (well) {
            wellSince.putIfAbsent(fault, now);
        } else {
            wellSince.remove(fault);
        }
    }

    private void told(long now, String fault) {
        if (!fault.equals(told)) {
            told = fault;
            toldSince = now;
            broken = false;
            if (fault.equals(STORAGE) || fault.equals(CLOCK) || fault.equals(NO_FIX) || fault.startsWith(RELAY)) {
                ledger.tested(Rule.HEALS);
            }
        }
    }

    @Override
    public void over(long now, long next) {
        Long since = wellSince.get(told.startsWith(RELAY) ? RELAY : told);
        if (since == null || broken) {
            return;
        }
        long due = Math.max(since, toldSince) + HEALED_MS;
        boolean stillWell = !told.equals(NO_FIX) || due < receiver.latestAt() + PLACE_HOLDS_MS;
        if (next > due && stillWell) {
            broken = true;
            ledger.broken(Rule.HEALS, due, node, "still tells " + told + ", which is over since " + since / 1000);
        }
    }
}
