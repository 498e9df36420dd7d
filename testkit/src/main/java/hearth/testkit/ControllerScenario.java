package hearth.testkit;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs a controller in virtual time. It wakes the controller only at the times that it requested, so a forgotten
 * deadline shows.
 *
 * <p>By default the disk saves at once and the broker acknowledges at once.
 */
public final class ControllerScenario<S, I> {

    private final Controller<S, I> controller;
    private final Function<EffectReport, I> toInput;
    private final Instant begin = Instant.parse("2030-01-01T00:00:00Z");
    private final List<String> switchings = new ArrayList<>();
    private final Map<String, Boolean> outputs = new HashMap<>();
    private final Map<Topic<?>, List<Object>> publishedByTopic = new HashMap<>();
    private final Map<Topic<?>, List<Object>> announced = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private Map<String, String> savedState;
    private boolean diskWorks = true;
    private boolean brokerWorks = true;
    private Instant now = begin;
    private Decision<S> last;

    private ControllerScenario(Controller<S, I> controller, Function<EffectReport, I> toInput, Boot boot) {
        this.controller = controller;
        this.toInput = toInput;
        this.savedState = boot.savedState();
        this.last = controller.decide(controller.start(now, boot), now);
        act();
    }

    public static <S, I> ControllerScenario<S, I> of(Controller<S, I> controller, Function<EffectReport, I> toInput) {
        return new ControllerScenario<>(controller, toInput, Boot.first("boot1"));
    }

    public static <S, I> ControllerScenario<S, I> of(
            Controller<S, I> controller, Function<EffectReport, I> toInput, Boot boot) {
        return new ControllerScenario<>(controller, toInput, boot);
    }

    /** Whether writes to the disk succeed from now on. */
    public ControllerScenario<S, I> disk(boolean works) {
        this.diskWorks = works;
        return this;
    }

    /** Whether announcements are acknowledged from now on. */
    public ControllerScenario<S, I> broker(boolean works) {
        this.brokerWorks = works;
        return this;
    }

    /** @param time since the start, such as {@code 1h30m} or {@code 10s} */
    public ControllerScenario<S, I> at(String time, I input) {
        until(time);
        absorb(input);
        return this;
    }

    /** Repeats the same input every period, including the first and the last moment. */
    public ControllerScenario<S, I> every(String period, String from, String to, I input) {
        Duration step = Duration.parse("PT" + period);
        Instant end = instant(to);
        for (Instant t = instant(from); !t.isAfter(end); t = t.plus(step)) {
            until(t);
            absorb(input);
        }
        return this;
    }

    public ControllerScenario<S, I> until(String time) {
        until(instant(time));
        return this;
    }

    /** All changes of all outputs in order, such as {@code "heat on@3m heat off@5m10s"}. */
    public String switchings() {
        return String.join(" ", switchings);
    }

    public boolean isOn(String output) {
        return outputs.getOrDefault(output, false);
    }

    /** The latest message on a topic. */
    public <T> T latest(Topic<T> topic) {
        List<T> all = published(topic);
        if (all.isEmpty()) {
            throw new AssertionError("nothing was published on " + topic.name());
        }
        return all.get(all.size() - 1);
    }

    /** All messages published on a topic, each change once. */
    @SuppressWarnings("unchecked") // Messages are stored under a topic of their type.
    public <T> List<T> published(Topic<T> topic) {
        return (List<T>) publishedByTopic.getOrDefault(topic, List.of());
    }

    /** All announcements on a topic, each once. */
    @SuppressWarnings("unchecked")
    public <T> List<T> announced(Topic<T> topic) {
        return (List<T>) announced.getOrDefault(topic, List.of());
    }

    /** The saved state that a restart after a power cut would read. */
    public Map<String, String> savedState() {
        return savedState;
    }

    public S state() {
        return last.state();
    }

    public Instant now() {
        return now;
    }

    public Decision<S> last() {
        return last;
    }

    public Instant instant(String time) {
        return begin.plus(Duration.parse("PT" + time));
    }

    private void until(Instant end) {
        if (end.isBefore(now)) {
            throw new IllegalArgumentException(end + " is in the past");
        }
        while (!last.wakeAt().isAfter(end)) {
            now = last.wakeAt();
            last = controller.decide(last.state(), now);
            act();
        }
        now = end;
    }

    private void absorb(I input) {
        last = controller.decide(controller.absorb(last.state(), input, now), now);
        act();
    }

    private void act() {
        List<I> reports = new ArrayList<>();
        for (Effect effect : last.effects()) {
            if (effect instanceof Effect.Drive drive) {
                drive(drive);
            } else if (effect instanceof Effect.Publish<?> publish) {
                List<Object> all = publishedByTopic.computeIfAbsent(publish.topic(), any -> new ArrayList<>());
                if (all.isEmpty() || !all.get(all.size() - 1).equals(publish.message())) {
                    all.add(publish.message());
                }
            } else if (effect instanceof Effect.Announce<?> announce) {
                if (known.add(announce.id())) {
                    announced
                            .computeIfAbsent(announce.topic(), any -> new ArrayList<>())
                            .add(announce.message());
                }
                if (brokerWorks) {
                    reports.add(toInput.apply(new EffectReport.Settled(announce.id(), true)));
                }
            } else if (effect instanceof Effect.SaveState save
                    && !save.entries().equals(savedState)) {
                if (diskWorks) {
                    savedState = save.entries();
                    reports.add(toInput.apply(new EffectReport.StateSaved(savedState)));
                }
            }
        }
        reports.forEach(this::absorb);
    }

    private void drive(Effect.Drive drive) {
        Boolean previous = outputs.put(drive.output(), drive.on());
        if (previous == null || previous != drive.on()) {
            String elapsed =
                    Duration.between(begin, now).toString().substring(2).toLowerCase(java.util.Locale.ROOT);
            switchings.add(drive.output() + (drive.on() ? " on@" : " off@") + elapsed);
        }
    }
}
