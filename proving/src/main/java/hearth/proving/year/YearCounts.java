package hearth.proving.year;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import hearth.proving.journal.JournalEvent.InjectedFault;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.proving.journal.JournalEvent.OutputDriven;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts the events of a year: switchings, brews, trips, and injected and published faults by kind. */
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
        } else if (event instanceof InjectedFault fault) {
            injectedFaults.merge(fault.kind(), 1L, Long::sum);
        } else if (event instanceof MessagePublished message) {
            onPublished(entry.node(), message);
        }
    }

    private void onPublished(String node, MessagePublished message) {
        if (message.topic().equals("car/approach") && !message.payload().contains("called_off")) {
            String id = message.payload().split("\"", -1)[3];
            trips += id.equals(trip) ? 0 : 1;
            trip = id;
        } else if (message.topic().equals("coffee/brewed")) {
            brewsReported++;
        } else if (message.topic().endsWith("/fault")
                && !message.payload().equals(faults.put(node, message.payload()))) {
            reportedFaults.merge(message.payload(), 1L, Long::sum);
        }
    }

    /** How often this pin switched on. */
    public long switchOns(int pin) {
        return switchOns.getOrDefault(pin, 0L);
    }

    public long switchings(int pin) {
        return switchings.getOrDefault(pin, 0L);
    }

    /** Injected faults by kind. */
    public Map<String, Long> injectedFaults() {
        return injectedFaults;
    }

    /** Published faults: the number of changes to each fault code. */
    public Map<String, Long> reportedFaults() {
        return reportedFaults;
    }

    /** The number of announced trips. */
    public long trips() {
        return trips;
    }

    /** The number of brews that were published as ready. */
    public long brewsReported() {
        return brewsReported;
    }
}
