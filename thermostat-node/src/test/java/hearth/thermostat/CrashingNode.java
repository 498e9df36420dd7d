package hearth.thermostat;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.EffectReport;
import hearth.common.hal.Wiring;
import hearth.common.message.Topic;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A device with a bug, on the thread its settings name: for {@link LauncherTest}. */
final class CrashingNode implements NodeType<CrashingNode.CrashingThread> {

    enum CrashingThread {
        TIMER,
        WORKER,
        THREAD,
        LOOP,
        ASSEMBLY
    }

    private static final Setting<CrashingThread> WHERE =
            Setting.oneOf("bug", "timer", CrashingThread.class, "where the bug is");

    public static void main(String[] args) {
        Launcher.main(new CrashingNode(), args);
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
    public CrashingThread readSettings(Settings settings) {
        return settings.get(WHERE);
    }

    @Override
    public Wiring wiring(CrashingThread settings) {
        return Wiring.NONE;
    }

    @Override
    public Node<?, ?> assemble(CrashingThread place, NodeContext context) {
        switch (place) {
            case TIMER -> context.timers().every("timer", Duration.ofSeconds(1), CrashingNode::bug);
            case WORKER -> context.timers().worker("worker").execute(CrashingNode::bug);
            case THREAD -> new Thread(CrashingNode::bug, "thread").start();
            case ASSEMBLY -> bug();
            case LOOP -> {}
        }
        return new Node<>(new CrashingController(place), report -> report, Map.of(), context);
    }

    private static void bug() {
        throw new ArithmeticException("a bug");
    }

    /** Counts its decisions. The first is made while the node is put together, the next in its loop. */
    private record CrashingController(CrashingThread place) implements Controller<Integer, EffectReport> {
        @Override
        public Integer start(Instant now, Boot boot) {
            return 0;
        }

        @Override
        public Integer absorb(Integer decisions, EffectReport report, Instant now) {
            return decisions;
        }

        @Override
        public Decision<Integer> decide(Integer decisions, Instant now) {
            if (place == CrashingThread.LOOP && decisions > 0) {
                bug();
            }
            return new Decision<>(decisions + 1, List.of(), Instant.MAX);
        }
    }
}
