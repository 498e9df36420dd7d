package hearth.proving.report;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event;
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
public final class Plot implements Consumer<Entry> {

    static final Duration BUCKET = Duration.ofMinutes(10);

    /** Kinds beyond these are drawn as one, {@link #OTHER}: somebody may well put a number into a kind. */
    static final int MOST_KINDS = 100;

    static final String OTHER = "other";

    /** A hundred years in seconds, and the unit. */
    private static final int LONGEST_TIME = 12;

    private static final String NO_FAULT = "none";

    /** A relay's pin and what it drives, as the house is wired. */
    enum Relay {
        HEATING(17),
        COOLING(27),
        COFFEE(22);

        final int pin;

        Relay(int pin) {
            this.pin = pin;
        }
    }

    private final Duration length;
    private final Buckets room;
    private final Buckets outside;
    private final Steps target = new Steps();
    private double targetC = Double.NaN;
    private boolean off;
    private final Map<Integer, Spells> runs = new HashMap<>();
    private final Map<Integer, String> driver = new HashMap<>();
    private final Map<String, Spells> faults = new TreeMap<>();
    private final Map<String, String> present = new HashMap<>();
    private final Map<String, Marks> mishaps = new LinkedHashMap<>();
    private final Marks brews = new Marks();
    private final Recent brewed = new Recent();
    private final Marks trips = new Marks();
    private final Recent travelled = new Recent();
    private Duration now = Duration.ZERO;
    private Duration looked = Duration.ZERO;

    /** @param length of what is to come, such as 365 days */
    public Plot(Duration length) {
        this.length = length;
        this.room = new Buckets(length, BUCKET);
        this.outside = new Buckets(length, BUCKET);
        for (Relay relay : Relay.values()) {
            runs.put(relay.pin, new Spells());
        }
    }

    /** The house as it truly is, whatever a sensor says; every minute or oftener. */
    public void world(Duration at, double roomC, double outsideC) {
        looked = at;
        room.add(at, roomC);
        outside.add(at, outsideC);
    }

    @Override
    public void accept(Entry entry) {
        now = entry.at();
        Event event = entry.event();
        if (event instanceof Event.Said said) {
            hear(entry, said);
        } else if (event instanceof Event.Driven driven) {
            drive(entry, driven);
        } else if (event instanceof Event.PowerCut) {
            driver.forEach((pin, node) -> endIf(node.equals(entry.node()), pin));
        } else if (event instanceof Event.Mishap mishap) {
            limited(mishaps, mishap.kind(), Marks::new).add(now, lasted(mishap.detail()));
        }
    }

    /** A detail such as {@code 40 s} is how long it lasts; others do not tell. */
    private static Duration lasted(String detail) {
        boolean time = detail.endsWith(" s") && detail.length() <= LONGEST_TIME;
        OptionalDouble seconds = time ? number(detail.substring(0, detail.length() - 2)) : OptionalDouble.empty();
        return Duration.ofSeconds((long) Math.max(0, seconds.orElse(0)));
    }

    /** What refused to be driven stays as it was. */
    private void drive(Entry entry, Event.Driven driven) {
        Spells spells = runs.get(driven.pin());
        if (spells != null && driven.worked()) {
            driver.put(driven.pin(), entry.node());
            if (driven.on()) {
                spells.begin(now);
            } else {
                spells.end(now);
            }
        }
    }

    private void endIf(boolean cut, int pin) {
        if (cut) {
            runs(pin).end(now);
        }
    }

    private void hear(Entry entry, Event.Said said) {
        String topic = said.topic();
        if (topic.endsWith("/fault")) {
            fault(entry.node(), said.payload());
        } else if (topic.equals("airco/target")) {
            number(said.payload()).ifPresent(celsius -> targetC = celsius);
            target.to(now, off ? Double.NaN : targetC);
        } else if (topic.equals("airco/mode")) {
            off = said.payload().equals("off");
            target.to(now, off ? Double.NaN : targetC);
        } else if (topic.equals("coffee/brewed")) {
            mark(brews, brewed, said.payload(), "id");
        } else if (topic.equals("car/approach")) {
            mark(trips, travelled, said.payload(), "trip");
        }
    }

    private void fault(String node, String code) {
        String name = code.equals(NO_FAULT) ? NO_FAULT : node + " " + code;
        String before = present.getOrDefault(node, NO_FAULT);
        if (name.equals(before)) {
            return;
        }
        present.put(node, name);
        if (!before.equals(NO_FAULT)) {
            limited(faults, before, Spells::new).end(now);
        }
        if (!name.equals(NO_FAULT)) {
            limited(faults, name, Spells::new).begin(now);
        }
    }

    private void mark(Marks marks, Recent known, String json, String field) {
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

    private static <T> T limited(Map<String, T> kinds, String kind, Supplier<T> fresh) {
        T known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        return kinds.computeIfAbsent(kinds.size() < MOST_KINDS ? kind : OTHER, name -> fresh.get());
    }

    /** Ends what still goes on, so that it is drawn. To be called once, after the last entry. */
    void close() {
        Duration end = looked.compareTo(now) > 0 ? looked : now;
        runs.values().forEach(spells -> spells.end(end));
        faults.values().forEach(spells -> spells.end(end));
    }

    /** Things done to the house. */
    public long mishapCount() {
        return mishaps.values().stream().mapToLong(Marks::count).sum();
    }

    Duration length() {
        return length;
    }

    Buckets room() {
        return room;
    }

    Buckets outside() {
        return outside;
    }

    /** What is wanted of the room; nothing while the thermostat is switched off. */
    Steps target() {
        return target;
    }

    Spells runs(int pin) {
        Spells spells = runs.get(pin);
        if (spells == null) {
            throw new IllegalArgumentException("pin " + pin + ": nothing is driven by it here");
        }
        return spells;
    }

    /** By kind, in the order of their first time. */
    Map<String, Marks> mishaps() {
        return Collections.unmodifiableMap(mishaps);
    }

    /** By node and code, such as {@code airco sensor-short}. */
    Map<String, Spells> faults() {
        return Collections.unmodifiableMap(faults);
    }

    Marks brews() {
        return brews;
    }

    Marks trips() {
        return trips;
    }
}
