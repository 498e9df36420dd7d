package hearth.proving.year;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event;
import hearth.proving.journal.Event.Driven;
import hearth.proving.journal.Event.Mishap;
import hearth.proving.journal.Event.Said;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts what happened in a year: runs, brews, trips, mishaps by kind. */
public final class Tally implements Consumer<Entry> {

    private final Map<Integer, Long> runs = new TreeMap<>();
    private final Map<Integer, Long> switchings = new TreeMap<>();
    private final Map<String, Long> mishaps = new TreeMap<>();
    private final Map<String, Long> faultsTold = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private String trip = "";
    private long trips;
    private long brewed;

    @Override
    public void accept(Entry entry) {
        Event event = entry.event();
        if (event instanceof Driven driven && driven.worked()) {
            switchings.merge(driven.pin(), 1L, Long::sum);
            runs.merge(driven.pin(), driven.on() ? 1L : 0L, Long::sum);
        } else if (event instanceof Mishap mishap) {
            mishaps.merge(mishap.kind(), 1L, Long::sum);
        } else if (event instanceof Said said) {
            said(entry.node(), said);
        }
    }

    private void said(String node, Said said) {
        if (said.topic().equals("car/approach") && !said.payload().contains("called_off")) {
            String id = said.payload().split("\"", -1)[3];
            trips += id.equals(trip) ? 0 : 1;
            trip = id;
        } else if (said.topic().equals("coffee/brewed")) {
            brewed++;
        } else if (said.topic().endsWith("/fault") && !said.payload().equals(faults.put(node, said.payload()))) {
            faultsTold.merge(said.payload(), 1L, Long::sum);
        }
    }

    /** How often this pin went on. */
    public long runs(int pin) {
        return runs.getOrDefault(pin, 0L);
    }

    public long switchings(int pin) {
        return switchings.getOrDefault(pin, 0L);
    }

    /** What was done to the house, by kind. */
    public Map<String, Long> mishaps() {
        return mishaps;
    }

    /** What the devices told of it: changes to each fault code. */
    public Map<String, Long> faultsTold() {
        return faultsTold;
    }

    /** Trips home that were announced. */
    public long trips() {
        return trips;
    }

    /** Cups that were reported ready. */
    public long brewed() {
        return brewed;
    }
}
