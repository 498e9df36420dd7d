package hearth.proving.report;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The data of the plots of a journal. Accepts millions of entries and stores what a plot can show: temperatures per ten
 * minutes, relay periods and faults per second, each kind up to a limit.
 *
 * <p>Entries must come in order of time. One thread may add entries while another adds temperatures; all other methods
 * require that both have ended.
 */
public final class PlotData implements Consumer<JournalEntry> {

    static final Duration BUCKET = Duration.ofMinutes(10);

    /** More kinds than this are drawn as {@link #OTHER}: kinds with numbers in them would need too many lanes. */
    static final int MOST_KINDS = 100;

    static final String OTHER = "other";

    /** A hundred years in seconds, with the unit. */
    private static final int MAX_DURATION_LENGTH = 12;

    private static final String NO_FAULT = "none";

    /** The relays of the simulated year with their pins. */
    enum PlottedRelay {
        HEATING(17),
        COOLING(27),
        COFFEE(22);

        final int pin;

        PlottedRelay(int pin) {
            this.pin = pin;
        }
    }

    private final Duration length;
    private final TimeBuckets room;
    private final TimeBuckets outside;
    private final StepSeries target = new StepSeries();
    private double targetC = Double.NaN;
    private boolean off;
    private final Map<Integer, Intervals> runs = new HashMap<>();
    private final Map<Integer, String> drivenBy = new HashMap<>();
    private final Map<String, Intervals> faults = new TreeMap<>();
    private final Map<String, String> currentFaults = new HashMap<>();
    private final Map<String, EventTimes> injectedFaults = new LinkedHashMap<>();
    private final EventTimes brews = new EventTimes();
    private final SeenIds knownBrews = new SeenIds();
    private final EventTimes trips = new EventTimes();
    private final SeenIds knownTrips = new SeenIds();
    private Duration now = Duration.ZERO;
    private Duration lastSampleAt = Duration.ZERO;

    /** @param length of the journal, such as 365 days */
    public PlotData(Duration length) {
        this.length = length;
        this.room = new TimeBuckets(length, BUCKET);
        this.outside = new TimeBuckets(length, BUCKET);
        for (PlottedRelay relay : PlottedRelay.values()) {
            runs.put(relay.pin, new Intervals());
        }
    }

    /** Adds the true temperatures, independent of the sensors; at least once per minute. */
    public void addTrueTemperatures(Duration at, double roomC, double outsideC) {
        lastSampleAt = at;
        room.add(at, roomC);
        outside.add(at, outsideC);
    }

    @Override
    public void accept(JournalEntry entry) {
        now = entry.at();
        JournalEvent event = entry.event();
        if (event instanceof JournalEvent.MessagePublished message) {
            onPublished(entry, message);
        } else if (event instanceof JournalEvent.OutputDriven driven) {
            onOutputDriven(entry, driven);
        } else if (event instanceof JournalEvent.PowerCut) {
            drivenBy.forEach((pin, node) -> endIfPowerCut(node.equals(entry.node()), pin));
        } else if (event instanceof JournalEvent.InjectedFault fault) {
            ofKind(injectedFaults, fault.kind(), EventTimes::new).add(now, durationIn(fault.detail()));
        }
    }

    /** The duration of a detail such as {@code 40 s}; zero for other details. */
    private static Duration durationIn(String detail) {
        boolean time = detail.endsWith(" s") && detail.length() <= MAX_DURATION_LENGTH;
        OptionalDouble seconds = time ? number(detail.substring(0, detail.length() - 2)) : OptionalDouble.empty();
        return Duration.ofSeconds((long) Math.max(0, seconds.orElse(0)));
    }

    /** A relay that failed to switch is unchanged. */
    private void onOutputDriven(JournalEntry entry, JournalEvent.OutputDriven driven) {
        Intervals periods = runs.get(driven.pin());
        if (periods != null && driven.succeeded()) {
            drivenBy.put(driven.pin(), entry.node());
            if (driven.on()) {
                periods.begin(now);
            } else {
                periods.end(now);
            }
        }
    }

    private void endIfPowerCut(boolean cut, int pin) {
        if (cut) {
            runs(pin).end(now);
        }
    }

    private void onPublished(JournalEntry entry, JournalEvent.MessagePublished message) {
        String topic = message.topic();
        if (topic.endsWith("/fault")) {
            onFault(entry.node(), message.payload());
        } else if (topic.equals("airco/target")) {
            number(message.payload()).ifPresent(celsius -> targetC = celsius);
            target.set(now, off ? Double.NaN : targetC);
        } else if (topic.equals("airco/mode")) {
            off = message.payload().equals("off");
            target.set(now, off ? Double.NaN : targetC);
        } else if (topic.equals("coffee/brewed")) {
            addOnce(brews, knownBrews, message.payload(), "id");
        } else if (topic.equals("car/approach")) {
            addOnce(trips, knownTrips, message.payload(), "trip");
        }
    }

    private void onFault(String node, String code) {
        String name = code.equals(NO_FAULT) ? NO_FAULT : node + " " + code;
        String before = currentFaults.getOrDefault(node, NO_FAULT);
        if (name.equals(before)) {
            return;
        }
        currentFaults.put(node, name);
        if (!before.equals(NO_FAULT)) {
            ofKind(faults, before, Intervals::new).end(now);
        }
        if (!name.equals(NO_FAULT)) {
            ofKind(faults, name, Intervals::new).begin(now);
        }
    }

    private void addOnce(EventTimes times, SeenIds known, String json, String field) {
        String id = text(json, field);
        if (!id.isEmpty() && known.isNew(id)) {
            times.add(now);
        }
    }

    /** A field of a flat JSON object; empty if absent. A full parser would take most of the simulation time. */
    private static String text(String json, String field) {
        String before = "\"" + field + "\":\"";
        int begin = json.indexOf(before);
        int end = begin < 0 ? -1 : json.indexOf('"', begin + before.length());
        return end < 0 ? "" : json.substring(begin + before.length(), end);
    }

    private static OptionalDouble number(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // The checker reports malformed values.
        }
    }

    private static <T> T ofKind(Map<String, T> kinds, String kind, Supplier<T> created) {
        T known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        return kinds.computeIfAbsent(kinds.size() < MOST_KINDS ? kind : OTHER, name -> created.get());
    }

    /** Ends open intervals so that they are drawn. Call it once, after the last entry. */
    void close() {
        Duration end = lastSampleAt.compareTo(now) > 0 ? lastSampleAt : now;
        runs.values().forEach(periods -> periods.end(end));
        faults.values().forEach(periods -> periods.end(end));
    }

    /** The number of injected faults. */
    public long injectedFaultCount() {
        return injectedFaults.values().stream().mapToLong(EventTimes::count).sum();
    }

    Duration length() {
        return length;
    }

    TimeBuckets room() {
        return room;
    }

    TimeBuckets outside() {
        return outside;
    }

    /** The set point; NaN while the mode is off. */
    StepSeries target() {
        return target;
    }

    Intervals runs(int pin) {
        Intervals periods = runs.get(pin);
        if (periods == null) {
            throw new IllegalArgumentException("pin " + pin + ": no plotted relay has this pin");
        }
        return periods;
    }

    /** By kind, in the order of their first occurrence. */
    Map<String, EventTimes> injectedFaults() {
        return Collections.unmodifiableMap(injectedFaults);
    }

    /** By node and code, such as {@code airco sensor-short}. */
    Map<String, Intervals> faults() {
        return Collections.unmodifiableMap(faults);
    }

    EventTimes brews() {
        return brews;
    }

    EventTimes trips() {
        return trips;
    }
}
