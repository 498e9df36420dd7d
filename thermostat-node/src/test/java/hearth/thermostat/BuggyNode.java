package hearth.thermostat;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Report;
import hearth.common.hal.Wiring;
import hearth.common.message.Topic;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.Site;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A device with a bug, on the thread its settings name: for {@link LauncherTest}. */
final class BuggyNode implements Device<BuggyNode.Place> {

    enum Place {
        TIMER,
        WORKER,
        THREAD,
        LOOP,
        ASSEMBLY
    }

    private static final Setting<Place> WHERE = Setting.oneOf("bug", "timer", Place.class, "where the bug is");

    public static void main(String[] args) {
        Launcher.main(new BuggyNode(), args);
    }

    @Override
    public String program() {
        return "buggy-node";
    }

    @Override
    public String purpose() {
        return "dies of a bug";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of();
    }

    @Override
    public Place read(Settings settings) {
        return settings.get(WHERE);
    }

    @Override
    public Wiring wiring(Place settings) {
        return Wiring.NONE;
    }

    @Override
    public Node<?, ?> assemble(Place place, Site site) {
        switch (place) {
            case TIMER -> site.timers().every("timer", Duration.ofSeconds(1), BuggyNode::bug);
            case WORKER -> site.timers().worker("worker").execute(BuggyNode::bug);
            case THREAD -> new Thread(BuggyNode::bug, "thread").start();
            case ASSEMBLY -> bug();
            case LOOP -> {}
        }
        return new Node<>(new Mindless(place), report -> report, Map.of(), site);
    }

    private static void bug() {
        throw new ArithmeticException("a bug");
    }

    /** Counts its decisions. The first is made while the node is put together, the next in its loop. */
    private record Mindless(Place place) implements Controller<Integer, Report> {
        @Override
        public Integer start(Instant now, Boot boot) {
            return 0;
        }

        @Override
        public Integer absorb(Integer decisions, Report report, Instant now) {
            return decisions;
        }

        @Override
        public Decision<Integer> decide(Integer decisions, Instant now) {
            if (place == Place.LOOP && decisions > 0) {
                bug();
            }
            return new Decision<>(decisions + 1, List.of(), Instant.MAX);
        }
    }
}
