package hearth.proving.checker;

import hearth.proving.checker.Expectations.Sensing;
import hearth.proving.journal.Event;
import java.time.Duration;

/**
 * Watches that a device with a sensor tells of no faulty readings any more once they have been good again for two polls
 * and fifteen seconds.
 */
final class HealWatch implements Watch {

    /** Of readings that are good each for itself. */
    private static final String STUCK = "sensor-stuck";

    private static final long HEALED_MS = Duration.ofSeconds(15).toMillis();

    private final String node;
    private final String faultTopic;
    private final Room room;
    private final long staleMs;
    private final long patienceMs;
    private final Ledger ledger;
    private boolean faulty;
    private boolean told;

    /** Since when the device's own sensor has been good, and when it last was. */
    private long goodSince = NEVER;

    private long goodAt = LONG_AGO;
    private long due = NEVER;
    private boolean touched;

    HealWatch(String node, Sensing sensing, Ledger ledger) {
        this.node = node;
        this.faultTopic = node + "/fault";
        this.room = new Room(sensing);
        this.staleMs = sensing.staleAfter().toMillis();
        this.patienceMs = sensing.every().toMillis() * 2 + HEALED_MS;
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        touched = true;
        if (event instanceof Event.Booted || event instanceof Event.PowerCut) {
            faulty = false;
            goodSince = NEVER;
            goodAt = LONG_AGO;
            room.forget();
        } else if (event instanceof Event.Said said && said.topic().equals(faultTopic)) {
            boolean before = faulty;
            faulty = (said.payload().startsWith("sensor-") && !said.payload().equals(STUCK))
                    || said.payload().equals("no-reading");
            if (faulty && !before) {
                ledger.tested(Rule.HEALS);
                told = false;
            }
        } else if (event instanceof Event.Read || event instanceof Event.Heard) {
            boolean measured = room.sees(now, event);
            if (event instanceof Event.Read) {
                goodSince = measured ? now - goodAt < staleMs ? goodSince : now : NEVER;
                goodAt = measured ? now : LONG_AGO;
            }
        }
    }

    @Override
    public void over(long now, long next) {
        if (touched) {
            touched = false;
            if (!room.isPlausible(now) || now - goodAt >= staleMs) {
                goodSince = NEVER;
                goodAt = LONG_AGO;
            }
            due = faulty && goodSince != NEVER ? goodSince + patienceMs : NEVER;
        }
        if (next > due && due < goodAt + staleMs && !told) {
            told = true;
            ledger.broken(
                    Rule.HEALS, due, node, "still tells of readings that have been good since " + goodSince / 1000);
        }
    }
}
