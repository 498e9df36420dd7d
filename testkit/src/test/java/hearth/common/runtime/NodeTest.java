package hearth.common.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Announce;
import hearth.common.core.Effect.Drive;
import hearth.common.core.Effect.Publish;
import hearth.common.core.Effect.SaveState;
import hearth.common.core.EffectReport;
import hearth.common.hal.Relay;
import hearth.common.hal.mock.MockHal;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Subscription;
import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import hearth.common.value.Pin;
import hearth.common.value.TimeScale;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop, with a controller that a test scripts. */
@Timeout(30)
final class NodeTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
    private static final Topic<String> ACTION = Topic.state("action", 1, PayloadCodec.TEXT, "a test's");
    private static final Topic<String> RESULT = Topic.announcement("result", 1, PayloadCodec.TEXT, "a test's");

    @TempDir
    Path folder;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("network"));
    private final Bus bus = broker.bus("airco", "home/airco/status");
    private final List<String> heard = new ArrayList<>();
    private final List<String> switched = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private final RecordingRelay heat = new RecordingRelay("heat");
    private final RecordingRelay cool = new RecordingRelay("cool");

    @BeforeEach
    void listen() {
        Bus watcher = broker.bus("watcher", "home/watcher/status");
        watcher.connect(Duration.ZERO);
        for (Topic<?> topic : List.of(ACTION, RESULT)) {
            watcher.subscribe(
                    new Subscription(topic.of("home", "airco"), 1, false),
                    message -> heard.add(topic.name() + " " + new String(message.payload(), UTF_8)),
                    Duration.ZERO);
        }
        bus.connect(Duration.ZERO);
        pass("0s");
    }

    @Test
    void outputsSwitchOffBeforeOthersSwitchOn() {
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Drive("cool", true), new Drive("heat", false));

        assertThat(switched).containsExactly("heat off", "cool on");
    }

    @Test
    void changesOfOutputsAreCounted() {
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Drive("heat", false));
        assertThat(node.switchings()).isZero();

        want(node, new Drive("heat", true));
        want(node, new Drive("heat", true));
        want(node, new Drive("heat", false));
        assertThat(node.switchings()).isEqualTo(2);
    }

    @Test
    @Fault("B7")
    void anOutputThatDoesNotSwitchOnIsSwitchedOffAndReportedBeforeAnyMessage() {
        heat.failsOn = true;
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Drive("heat", true), Publish.of(ACTION, "heating"));

        assertThat(switched).startsWith("heat on failed", "heat off").doesNotContain("heat on");
        assertThat(node.state().reports()).containsExactly(new EffectReport.DriveFailed("heat", "line busy"));
        assertThat(heard).containsExactly("action failed");
        assertThat(node.switchings()).isZero();
    }

    @Test
    void eachOfTwoOutputsThatDoNotSwitchOnIsReported() {
        heat.failsOn = true;
        cool.failsOn = true;
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Drive("heat", true), new Drive("cool", true), Publish.of(ACTION, "both"));

        assertThat(node.state().reports())
                .containsExactly(
                        new EffectReport.DriveFailed("heat", "line busy"),
                        new EffectReport.DriveFailed("cool", "line busy"));
        assertThat(heard).containsExactly("action failed");
    }

    @Test
    void drivingAnOutputAgainThatFailedInThisPassIsABug() {
        heat.failsOn = true;
        Node<ScriptedState, ScriptedInput> node = node();

        node.stateReceived(
                "test", mind -> new ScriptedState(List.of(new Drive("heat", true)), mind.reports(), Instant.MAX, true));

        assertThatThrownBy(node::runOnce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the controller drives an output that failed in this pass");
    }

    @Test
    void anUnknownOutputIsABug() {
        Node<ScriptedState, ScriptedInput> node = node();
        node.stateReceived("test", ScriptedInput.want(new Drive("fan", true)));

        assertThatThrownBy(node::runOnce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fan");
    }

    @Test
    @Fault("B6")
    void aFailedSwitchOffIsRetriedTwice() {
        heat.offFailures = 2;
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Drive("heat", false), Publish.of(ACTION, "idle"));

        assertThat(switched).containsExactly("heat off failed", "heat off failed", "heat off");
        assertThat(heard).containsExactly("action idle");
    }

    @Test
    @Fault("B6")
    void anOutputThatStaysOnSwitchesTheOthersOffAndEndsTheProcess() {
        heat.offFailures = Integer.MAX_VALUE;
        Node<ScriptedState, ScriptedInput> node = node();
        node.stateReceived("test", ScriptedInput.want(new Drive("heat", false), Publish.of(ACTION, "idle")));

        assertThatThrownBy(() -> node.run(TimeScale.REAL_TIME, () -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("heat")
                .hasRootCauseMessage("line busy");

        assertThat(switched).contains("cool off").doesNotContain("heat off");
        assertThat(heard).isEmpty();
    }

    @Test
    void aBugInTheControllerSwitchesEverythingOff() {
        Node<ScriptedState, ScriptedInput> node = node();
        want(node, new Drive("heat", true));
        node.stateReceived("test", mind -> {
            throw new ArithmeticException("a bug");
        });

        assertThatThrownBy(() -> node.run(TimeScale.REAL_TIME, () -> {})).isInstanceOf(ArithmeticException.class);

        assertThat(switched).containsSubsequence("heat on", "heat off").contains("cool off");
    }

    @Test
    void anInterruptEndsTheLoopWithEverythingOff() {
        Node<ScriptedState, ScriptedInput> node = node();
        want(node, new Drive("heat", true));

        node.run(TimeScale.REAL_TIME, () -> Thread.currentThread().interrupt());

        assertThat(switched).containsSubsequence("heat on", "heat off").contains("cool off");
    }

    @Test
    void anInterruptDuringALoopPassEndsTheLoopWithEverythingOff() {
        MockHal board = new MockHal(folder, timers.clock());
        Node<ScriptedState, ScriptedInput> node = node(Map.of("heat", board.relay(new Pin(17, false))));
        want(node, new Drive("heat", true));
        assertThat(folder.resolve("gpio/17")).hasContent("1");

        node.run(TimeScale.REAL_TIME, () -> {
            node.stateReceived("test", mind -> {
                Thread.currentThread().interrupt();
                return mind;
            });
        });

        assertThat(folder.resolve("gpio/17")).hasContent("0");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theLoopNotifiesSystemd() {
        List<String> proofs = new ArrayList<>();
        Node<ScriptedState, ScriptedInput> node = node();

        assertThatThrownBy(() -> node.run(TimeScale.REAL_TIME, () -> {
                    proofs.add("turned");
                    node.stateReceived("test", mind -> mind);
                    if (proofs.size() == 3) {
                        throw new ArithmeticException("enough");
                    }
                }))
                .hasMessage("enough");

        assertThat(proofs).hasSize(3);
    }

    @Test
    void equalStatesArePublishedOnce() {
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, Publish.of(ACTION, "heating"));
        want(node, Publish.of(ACTION, "heating"));
        want(node, Publish.of(ACTION, "idle"));
        want(node, Publish.of(ACTION, "heating"));

        assertThat(heard).containsExactly("action heating", "action idle", "action heating");
    }

    @Test
    void theSameMessageWithALaterExpiryIsPublishedAgain() {
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Publish<>(ACTION, "19.44", BEGIN.plusSeconds(30)));
        want(node, new Publish<>(ACTION, "19.44", BEGIN.plusSeconds(30)));
        want(node, new Publish<>(ACTION, "19.44", BEGIN.plusSeconds(40)));

        assertThat(heard).containsExactly("action 19.44", "action 19.44");
    }

    @Test
    void anAnnouncementIsPublishedOnceAlthoughItIsDecidedRepeatedly() {
        broker.stop();
        Node<ScriptedState, ScriptedInput> node = node();
        Announce<String> done = new Announce<>("result-0", RESULT, "done", Instant.MAX);
        want(node, done);
        want(node, done, Publish.of(ACTION, "idle"));
        assertThat(node.state().reports()).isEmpty();

        broker.start(false);
        pass("0s");

        assertThat(heard).containsOnlyOnce("result done");
        assertThat(node.state().reports()).containsExactly(new EffectReport.Settled("result-0", true));
    }

    @Test
    void anExpiredAnnouncementIsReportedAsNotDelivered() {
        broker.stop();
        Node<ScriptedState, ScriptedInput> node = node();
        want(node, new Announce<>("result-0", RESULT, "done", BEGIN.plusSeconds(60)));

        pass("60s");
        broker.expireMessages();
        pass("0s");

        assertThat(node.state().reports()).containsExactly(new EffectReport.Settled("result-0", false));
    }

    @Test
    void theSavedStateIsWrittenOncePerChange() {
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new SaveState(Map.of("target", "21")));
        want(node, new SaveState(Map.of("target", "21")), Publish.of(ACTION, "idle"));
        want(node, new SaveState(Map.of("target", "22")));

        assertThat(node.state().reports())
                .containsExactly(
                        new EffectReport.StateSaved(Map.of("target", "21")),
                        new EffectReport.StateSaved(Map.of("target", "22")));
        assertThat(file().read().entries()).isEqualTo(Map.of("target", "22"));
    }

    @Test
    void unchangedSavedStateIsNotWrittenAgain() throws IOException {
        file().write(Map.of("target", "21"));
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new SaveState(Map.of("target", "21")));

        assertThat(node.state().reports()).isEmpty();
        assertThat(folder.resolve("airco.state.old")).doesNotExist();
    }

    @Test
    void afterDamageTheSavedStateIsWrittenEvenIfItIsUnchanged() throws IOException {
        file().write(Map.of("target", "21"));
        file().write(Map.of("target", "22"));
        Files.writeString(folder.resolve("airco.state"), "torn");
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new SaveState(Map.of("target", "21")));

        assertThat(node.state().reports()).containsExactly(new EffectReport.StateSaved(Map.of("target", "21")));
        assertThat(file().read()).isEqualTo(new StateStore.SavedState(Map.of("target", "21"), false));
    }

    @Test
    void aFailingDiskIsReportedAndBlocksNothing() throws IOException {
        Files.createDirectory(folder.resolve("airco.state.new"));
        Node<ScriptedState, ScriptedInput> node = node();

        want(node, new Drive("heat", true), new SaveState(Map.of("target", "21")));

        assertThat(switched).containsOnly("heat on");
        assertThat(node.state().reports()).isNotEmpty().allMatch(EffectReport.StorageFailed.class::isInstance);
    }

    @Test
    void withSixtyFourPendingResultsNoCommandIsAcceptedUntilOneIsSettled() {
        broker.stop();
        Node<ScriptedState, ScriptedInput> node = node();
        for (int i = 0; i < 64; i++) {
            node.commandReceived(ScriptedInput.answer("c" + i));
        }
        pass("0s");
        assertThat(node.state().wanted()).hasSize(64);

        node.commandReceived(ScriptedInput.answer("held back"));
        node.stateReceived("sensor", mind -> mind.with(new Drive("heat", true)));
        pass("1h");
        assertThat(switched).containsOnly("heat on");
        assertThat(node.state().wanted()).hasSize(65);

        broker.start(false);
        pass("0s");

        assertThat(heard).contains("result c63", "result held back").hasSize(65);
        assertThat(node.droppedCommands()).isZero();
    }

    @Test
    void theControllerIsCalledAgainAtItsWakeTimeAndNotBefore() {
        Node<ScriptedState, ScriptedInput> node = node();
        node.stateReceived(
                "test", mind -> new ScriptedState(mind.wanted(), mind.reports(), BEGIN.plusSeconds(90), false));

        pass("89s");
        assertThat(asked).containsOnly(BEGIN);

        pass("1h");
        assertThat(asked).containsOnly(BEGIN, BEGIN.plusSeconds(90));
    }

    @Test
    void aNodeWithoutPowerDoesNothing() {
        Node<ScriptedState, ScriptedInput> node = node();
        want(node, new Drive("heat", true));

        machine.cutPower();
        want(node, new Drive("heat", false));

        assertThat(switched).containsExactly("heat on");
    }

    /** The scripted effects, and their outcomes. */
    private record ScriptedState(List<Effect> wanted, List<EffectReport> reports, Instant wakeAt, boolean stubborn) {

        ScriptedState with(Effect effect) {
            return new ScriptedState(
                    Stream.concat(wanted.stream(), Stream.of(effect)).toList(), reports, wakeAt, stubborn);
        }

        ScriptedState after(EffectReport report) {
            List<Effect> still = wanted.stream()
                    .filter(effect -> !(effect instanceof Announce<?> announce
                            && report instanceof EffectReport.Settled settled
                            && settled.announcement().equals(announce.id())))
                    .toList();
            return new ScriptedState(
                    still, Stream.concat(reports.stream(), Stream.of(report)).toList(), wakeAt, stubborn);
        }

        /** A failed output is left alone, and this is published instead of everything else. */
        Effect made(Effect effect) {
            boolean failed = !stubborn && reports.stream().anyMatch(EffectReport.DriveFailed.class::isInstance);
            if (failed && effect instanceof Drive drive && reports.contains(failure(drive.output()))) {
                return new Drive(drive.output(), false);
            }
            return failed && effect instanceof Publish<?> ? Publish.of(ACTION, "failed") : effect;
        }

        private static EffectReport failure(String output) {
            return new EffectReport.DriveFailed(output, "line busy");
        }
    }

    private interface ScriptedInput {
        ScriptedState appliedTo(ScriptedState mind);

        static ScriptedInput want(Effect... effects) {
            return mind -> new ScriptedState(List.of(effects), mind.reports, mind.wakeAt, mind.stubborn);
        }

        /** A command, whose result is then pending. */
        static ScriptedInput answer(String text) {
            return mind -> mind.with(new Announce<>(text, RESULT, text, Instant.MAX));
        }
    }

    private final class ScriptedController implements Controller<ScriptedState, ScriptedInput> {
        @Override
        public ScriptedState start(Instant now, Boot boot) {
            return new ScriptedState(List.of(), List.of(), Instant.MAX, false);
        }

        @Override
        public ScriptedState absorb(ScriptedState mind, ScriptedInput input, Instant now) {
            return input.appliedTo(mind);
        }

        @Override
        public Decision<ScriptedState> decide(ScriptedState mind, Instant now) {
            asked.add(now);
            return new Decision<>(
                    mind,
                    mind.wanted.stream().map(mind::made).toList(),
                    mind.wakeAt.isAfter(now) ? mind.wakeAt : Instant.MAX);
        }
    }

    /** An output that records each call, and fails on request. */
    private final class RecordingRelay implements Relay {
        private final String name;
        private boolean failsOn;
        private int offFailures;

        RecordingRelay(String name) {
            this.name = name;
        }

        @Override
        public void set(boolean on) throws IOException {
            boolean fails = on ? failsOn : offFailures-- > 0;
            switched.add(name + (on ? " on" : " off") + (fails ? " failed" : ""));
            if (fails) {
                throw new IOException("line busy");
            }
        }
    }

    private Node<ScriptedState, ScriptedInput> node() {
        return node(Map.of("heat", heat, "cool", cool));
    }

    private Node<ScriptedState, ScriptedInput> node(Map<String, Relay> outputs) {
        NodeContext context = NodeAssembly.context(
                TestNodes.common("airco"),
                TestNodes.platform(new MockHal(folder, timers.clock()), bus, timers, NodeStorage.in(folder), "boot1"));
        Node<ScriptedState, ScriptedInput> node =
                new Node<>(new ScriptedController(), report -> mind -> mind.after(report), outputs, context);
        machine.run(node);
        return node;
    }

    private void want(Node<ScriptedState, ScriptedInput> node, Effect... effects) {
        node.stateReceived("test", ScriptedInput.want(effects));
        pass("0s");
    }

    private StateFile file() {
        return new StateFile(folder, "airco");
    }

    private void pass(String time) {
        timers.advance(Duration.parse("PT" + time));
    }
}
