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
 * What there is to draw of a journal. Takes entries as they happen, millions of them, and keeps what the eye can tell
 * apart: temperatures by ten minutes, runs and faults to the second, each kind of thing up to a bound.
 *
 * <p>Entries come in the order of their time. They and the world may be told on two threads, one each, if both are done
 * before the rest is asked.
 */
public final class PlotData implements Consumer<JournalEntry> {

    static final Duration BUCKET = Duration.ofMinutes(10);

    /** Kinds beyond these are drawn as one, {@link #OTHER}: somebody may well put a number into a kind. */
    static final int MOST_KINDS = 100;

    static final String OTHER = "other";

    /** A hundred years in seconds, and the unit. */
    private static final int MAX_DURATION_LENGTH = 12;

    private static final String NO_FAULT = "none";

    /** A relay's pin and what it drives, as the house is wired. */
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

    /** @param length of what is to come, such as 365 days */
    public PlotData(Duration length) {
        this.length = length;
        this.room = new TimeBuckets(length, BUCKET);
        this.outside = new TimeBuckets(length, BUCKET);
        for (PlottedRelay relay : PlottedRelay.values()) {
            runs.put(relay.pin, new Intervals());
        }
    }

    /** The house as it truly is, whatever a sensor says; every minute or oftener. */
    public void addTrueTemperatures(Duration at, double roomC, double outsideC) {
        lastSampleAt = at;
        room.add(at, roomC);
        outside.add(at, outsideC);
    }

    @Override
    public void accept(JournalEntry entry) {
        now = entry.at();
        JournalEvent event = entry.event();
        if (event instanceof JournalEvent.MessagePublished said) {
            onPublished(entry, said);
        } else if (event instanceof JournalEvent.OutputDriven driven) {
            onOutputDriven(entry, driven);
        } else if (event instanceof JournalEvent.PowerCut) {
            drivenBy.forEach((pin, node) -> endIfPowerCut(node.equals(entry.node()), pin));
        } else if (event instanceof JournalEvent.InjectedFault mishap) {
            ofKind(injectedFaults, mishap.kind(), EventTimes::new).add(now, durationIn(mishap.detail()));
        }
    }

    /** A detail such as {@code 40 s} is how long it lasts; others do not tell. */
    private static Duration durationIn(String detail) {
        boolean time = detail.endsWith(" s") && detail.length() <= MAX_DURATION_LENGTH;
        OptionalDouble seconds = time ? number(detail.substring(0, detail.length() - 2)) : OptionalDouble.empty();
        return Duration.ofSeconds((long) Math.max(0, seconds.orElse(0)));
    }

    /** What refused to be driven stays as it was. */
    private void onOutputDriven(JournalEntry entry, JournalEvent.OutputDriven driven) {
        Intervals spells = runs.get(driven.pin());
        if (spells != null && driven.succeeded()) {
            drivenBy.put(driven.pin(), entry.node());
            if (driven.on()) {
                spells.begin(now);
            } else {
                spells.end(now);
            }
        }
    }

    private void endIfPowerCut(boolean cut, int pin) {
        if (cut) {
            runs(pin).end(now);
        }
    }

    private void onPublished(JournalEntry entry, JournalEvent.MessagePublished said) {
        String topic = said.topic();
        if (topic.endsWith("/fault")) {
            onFault(entry.node(), said.payload());
        } else if (topic.equals("airco/target")) {
            number(said.payload()).ifPresent(celsius -> targetC = celsius);
            target.set(now, off ? Double.NaN : targetC);
        } else if (topic.equals("airco/mode")) {
            off = said.payload().equals("off");
            target.set(now, off ? Double.NaN : targetC);
        } else if (topic.equals("coffee/brewed")) {
            addOnce(brews, knownBrews, said.payload(), "id");
        } else if (topic.equals("car/approach")) {
            addOnce(trips, knownTrips, said.payload(), "trip");
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

    private void addOnce(EventTimes marks, SeenIds known, String json, String field) {
        String id = text(json, field);
        if (!id.isEmpty() && known.isNew(id)) {
            marks.add(now);
        }
    }

    /** A field of a flat object as our devices write it; empty if there is none. A parser would take most of the time. */
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
            return OptionalDouble.empty(); // A device that talks nonsense is the judges' business.
        }
    }

    private static <T> T ofKind(Map<String, T> kinds, String kind, Supplier<T> fresh) {
        T known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        return kinds.computeIfAbsent(kinds.size() < MOST_KINDS ? kind : OTHER, name -> fresh.get());
    }

    /** Ends what still goes on, so that it is drawn. To be called once, after the last entry. */
    void close() {
        Duration end = lastSampleAt.compareTo(now) > 0 ? lastSampleAt : now;
        runs.values().forEach(spells -> spells.end(end));
        faults.values().forEach(spells -> spells.end(end));
    }

    /** Things done to the house. */
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

    /** What is wanted of the room; nothing while the thermostat is switched off. */
    StepSeries target() {
        return target;
    }

    Intervals runs(int pin) {
        Intervals spells = runs.get(pin);
        if (spells == null) {
            throw new IllegalArgumentException("pin " + pin + ": nothing is driven by it here");
        }
        return spells;
    }

    /** By kind, in the order of their first time. */
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
