package hearth.proving.year;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import hearth.proving.journal.JournalEvent.InjectedFault;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.proving.journal.JournalEvent.OutputDriven;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts what happened in a year: runs, brews, trips, mishaps by kind. */
public final class YearCounts implements Consumer<JournalEntry> {

    private final Map<Integer, Long> switchOns = new TreeMap<>();
    private final Map<Integer, Long> switchings = new TreeMap<>();
    private final Map<String, Long> injectedFaults = new TreeMap<>();
    private final Map<String, Long> reportedFaults = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private String trip = "";
    private long trips;
    private long brewsReported;

    @Override
    public void accept(JournalEntry entry) {
        JournalEvent event = entry.event();
        if (event instanceof OutputDriven driven && driven.succeeded()) {
            switchings.merge(driven.pin(), 1L, Long::sum);
            switchOns.merge(driven.pin(), driven.on() ? 1L : 0L, Long::sum);
        } else if (event instanceof InjectedFault mishap) {
            injectedFaults.merge(mishap.kind(), 1L, Long::sum);
        } else if (event instanceof MessagePublished said) {
            onPublished(entry.node(), said);
        }
    }

    private void onPublished(String node, MessagePublished said) {
        if (said.topic().equals("car/approach") && !said.payload().contains("called_off")) {
            String id = said.payload().split("\"", -1)[3];
            trips += id.equals(trip) ? 0 : 1;
            trip = id;
        } else if (said.topic().equals("coffee/brewed")) {
            brewsReported++;
        } else if (said.topic().endsWith("/fault") && !said.payload().equals(faults.put(node, said.payload()))) {
            reportedFaults.merge(said.payload(), 1L, Long::sum);
        }
    }

    /** How often this pin went on. */
    public long switchOns(int pin) {
        return switchOns.getOrDefault(pin, 0L);
    }

    public long switchings(int pin) {
        return switchings.getOrDefault(pin, 0L);
    }

    /** What was done to the house, by kind. */
    public Map<String, Long> injectedFaults() {
        return injectedFaults;
    }

    /** What the devices told of it: changes to each fault code. */
    public Map<String, Long> reportedFaults() {
        return reportedFaults;
    }

    /** Trips home that were announced. */
    public long trips() {
        return trips;
    }

    /** Cups that were reported ready. */
    public long brewsReported() {
        return brewsReported;
    }
}
