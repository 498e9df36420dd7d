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
 * Feeds each device what it was given on a recorded day, at the same instants, and compares what it does with what it
 * did. A journal holds all that a device can know, so a difference is a decision that is taken differently now.
 */
public final class Replay {

    /** The journal's begin. Which instant it was matters to nobody: clocks that were off are so again. */
    public static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private static final Duration SETTLE_TIME = Duration.ofSeconds(1);

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final List<RecordedBoot> recordings = new ArrayList<>();
    private final Deque<ReplayStep> steps = new ArrayDeque<>();
    private final Map<String, RecordedBoot> booted = new HashMap<>();
    private final List<JournalEntry> journal;

    /** What a device did otherwise than on the day that was recorded. */
    public record Difference(Duration at, String node, String expected, String actual) {
        @Override
        public String toString() {
            return "at %d ms %s\n  then: %s\n  now:  %s".formatted(at.toMillis(), node, expected, actual);
        }
    }

    private record ReplayStep(Duration at, Runnable task) {}

    private Replay(List<JournalEntry> journal) {
        this.journal = journal;
    }

    /**
     * The first decision that differs; empty if none does.
     *
     * @param journal complete: with the boots of all devices in it, in order of time
     * @throws IllegalArgumentException for a journal with a device in it that nobody knows, or without its boot
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
                .flatMap(script -> script.difference().stream())
                .min(Comparator.comparing(Difference::at));
    }

    private void prepare(JournalEntry entry) {
        if (entry.event() instanceof Booted boot) {
            RecordedBoot script = new RecordedBoot(entry.node(), nodeTypeOf(boot.settings()), boot);
            booted.put(entry.node(), script);
            recordings.add(script);
            steps.add(new ReplayStep(entry.at(), () -> script.boot(timers)));
        } else if (entry.event() instanceof EventOut out) {
            newRecording(entry).expect(entry.at(), out);
        } else if (entry.event() instanceof EventIn in) {
            RecordedBoot script = newRecording(entry);
            script.provide(entry.at(), in);
            steps.add(new ReplayStep(entry.at(), () -> script.feed(in)));
        }
    }

    /** One after the other: what a device sets itself to do at the same instant has its place between them. */
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
        RecordedBoot script = booted.get(entry.node());
        if (script == null) {
            StringBuilder line = new StringBuilder();
            JournalFormat.write(entry, line);
            throw new IllegalArgumentException("no boot of " + entry.node() + " stands before: " + line);
        }
        return script;
    }

    /** Which program it was, by what its settings are about. */
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
