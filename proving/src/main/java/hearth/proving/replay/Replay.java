package hearth.proving.replay;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.runtime.NodeType;
import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent.Booted;
import hearth.proving.journal.JournalEvent.EventIn;
import hearth.proving.journal.JournalEvent.EventOut;
import hearth.proving.journal.JournalFormat;
import hearth.testkit.VirtualTimers;
import hearth.thermostat.ThermostatNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the recorded inputs to each device at the same instants, and compares its outputs with the recorded outputs. A
 * journal has all inputs of a device, so a difference is a changed decision.
 */
public final class Replay {

    /** The start of the journal. Any instant works: the clock offsets are recorded. */
    public static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private static final Duration SETTLE_TIME = Duration.ofSeconds(1);

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final List<RecordedBoot> recordings = new ArrayList<>();
    private final Deque<ReplayStep> steps = new ArrayDeque<>();
    private final Map<String, RecordedBoot> booted = new HashMap<>();
    private final List<JournalEntry> journal;

    /** An output that differs from the recorded one. */
    public record Difference(Duration at, String node, String expected, String actual) {
        @Override
        public String toString() {
            return "at %d ms %s\n  recorded: %s\n  now:      %s".formatted(at.toMillis(), node, expected, actual);
        }
    }

    private record ReplayStep(Duration at, Runnable task) {}

    private Replay(List<JournalEntry> journal) {
        this.journal = journal;
    }

    /**
     * The first decision that differs; empty if none differs.
     *
     * @param journal complete, with the boots of all devices, in order of time
     * @throws IllegalArgumentException if an entry of a device comes before its boot
     */
    public static Optional<Difference> of(List<JournalEntry> journal) {
        return new Replay(journal).run();
    }

    private Optional<Difference> run() {
        for (JournalEntry entry : journal) {
            prepare(entry);
        }
        runNextStep();
        timers.advance(journal.get(journal.size() - 1).at().plus(SETTLE_TIME));
        return recordings.stream()
                .flatMap(recording -> recording.difference().stream())
                .min(Comparator.comparing(Difference::at));
    }

    private void prepare(JournalEntry entry) {
        if (entry.event() instanceof Booted boot) {
            RecordedBoot recording = new RecordedBoot(entry.node(), nodeTypeOf(boot.settings()), boot);
            booted.put(entry.node(), recording);
            recordings.add(recording);
            steps.add(new ReplayStep(entry.at(), () -> recording.boot(timers)));
        } else if (entry.event() instanceof EventOut out) {
            newRecording(entry).expect(entry.at(), out);
        } else if (entry.event() instanceof EventIn in) {
            RecordedBoot recording = newRecording(entry);
            recording.provide(entry.at(), in);
            steps.add(new ReplayStep(entry.at(), () -> recording.feed(in)));
        }
    }

    /** Schedules one step after the other, so that a device's own timers at the same instant run between them. */
    private void runNextStep() {
        ReplayStep step = steps.poll();
        if (step != null) {
            timers.at(BEGIN.plus(step.at), () -> {
                step.task.run();
                runNextStep();
            });
        }
    }

    private RecordedBoot newRecording(JournalEntry entry) {
        RecordedBoot recording = booted.get(entry.node());
        if (recording == null) {
            StringBuilder line = new StringBuilder();
            JournalFormat.write(entry, line);
            throw new IllegalArgumentException("the journal has no boot of " + entry.node() + " before: " + line);
        }
        return recording;
    }

    /** The program of the device, derived from its settings. */
    private static NodeType<?> nodeTypeOf(List<String> settings) {
        for (String line : settings) {
            if (line.startsWith("coffee.")) {
                return new CoffeeNode();
            } else if (line.startsWith("car.")) {
                return new CarNode();
            }
        }
        return new ThermostatNode();
    }
}
