package hearth.common.runtime;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.hal.Relay;
import hearth.common.message.CommonTopics;
import hearth.common.mqtt.NodeBus;
import hearth.common.value.TimeScale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Runs one controller on one thread: wait, absorb, decide, act.
 *
 * <p>Sensors, the broker and the disk put their inputs into the inbox from their own threads. A loop pass waits for none of
 * them. If a pass throws, the outputs go off and the process ends: systemd then starts a new process, which is a tested
 * state.
 */
public final class Node<S, I> {

    /** Announcements that the broker has not acknowledged; with this many the node reads no further commands. */
    private static final int MAX_UNACKNOWLEDGED = 64;

    /** A third of the watchdog time of 10 s, in real time. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(3);

    private static final int SWITCH_OFF_ATTEMPTS = 3;

    private final Controller<S, I> controller;
    private final Function<EffectReport, I> toInput;
    private final Map<String, Relay> outputs;
    private final NodeBus bus;
    private final StateWriter stateWriter;
    private final InstantSource clock;

    private final Inbox<I> inbox = new Inbox<>();
    private final Map<String, Boolean> outputLevels = new HashMap<>();
    private final Map<String, Effect.Publish<?>> published = new HashMap<>();
    private final Set<String> announced = new HashSet<>();
    private Effect.@Nullable SaveState lastSaved;
    private Decision<S> last;
    private boolean started;
    private Consumer<Effect.Publish<?>> stateListener = publish -> {};
    private final AtomicLong switchings = new AtomicLong();

    /** @param toInput makes an input for the controller from the outcome of an effect */
    public Node(
            Controller<S, I> controller,
            Function<EffectReport, I> toInput,
            Map<String, Relay> outputs,
            NodeContext context) {
        this.controller = controller;
        this.toInput = toInput;
        this.outputs = Map.copyOf(outputs);
        this.bus = context.bus();
        this.stateWriter = context.stateWriter();
        this.clock = context.timers().clock();
        Boot boot = stateWriter.boot(context.bootId());
        this.lastSaved =
                boot.stateLost() ? null : new Effect.SaveState(boot.savedState()); // A damaged state is written again.
        Instant now = clock.instant();
        this.last = controller.decide(controller.start(now, boot), now);
    }

    /** The listener receives, on the loop's thread, each state that the node publishes from now on. */
    public void addStateListener(Consumer<Effect.Publish<?>> listener) {
        stateListener = listener;
    }

    /** Puts a reading or a state into the inbox, where it replaces an earlier one of this source. Does not block. */
    public void stateReceived(Object source, I input) {
        inbox.putLatest(source, input);
    }

    /** Puts a command into the inbox. If the inbox is full, the oldest command is dropped. Does not block. */
    public void commandReceived(I command) {
        inbox.putCommand(command);
    }

    /**
     * Runs until the thread is interrupted, then switches all outputs off. On return the thread is not interrupted.
     *
     * @param afterEachPass called after each loop pass; feeds the watchdog
     */
    public void run(TimeScale timeScale, Runnable afterEachPass) {
        try {
            runOnce();
            while (!Thread.interrupted()) {
                afterEachPass.run();
                runOnce(inbox.await(acceptsCommands(), timeScale.toReal(maxWait(timeScale))));
            }
        } catch (InterruptedException e) {
            Logger.debug("the control loop is interrupted");
        } finally {
            allOff();
        }
    }

    /** One loop pass with the next input of the inbox, or without one if the inbox is empty. Does not block. */
    public void runOnce() {
        runOnce(inbox.poll(acceptsCommands()));
    }

    /** True if the inbox has an input for the next pass. */
    public boolean hasInput() {
        return !inbox.isEmpty(acceptsCommands());
    }

    /** True if a pass now has an input or is due. */
    public boolean hasWork() {
        return !started || hasInput() || !clock.instant().isBefore(last.wakeAt());
    }

    public Instant wakeAt() {
        return last.wakeAt();
    }

    /** The controller's state. Only for the loop's own thread. */
    S state() {
        return last.state();
    }

    /** Changes of outputs since the start. */
    long switchings() {
        return switchings.get();
    }

    long droppedCommands() {
        return inbox.droppedCommands();
    }

    private void runOnce(Optional<I> input) {
        Instant now = clock.instant();
        S state = input.isPresent() ? controller.absorb(last.state(), input.get(), now) : last.state();
        last = controller.decide(state, now);
        started = true;
        drive(now);
        for (Effect effect : last.effects()) {
            if (effect instanceof Effect.Publish<?> publish) {
                publish(publish);
            } else if (effect instanceof Effect.Announce<?> announce) {
                announce(announce);
            } else if (effect instanceof Effect.SaveState save) {
                saveState(save);
            }
        }
        dropSettled();
    }

    /**
     * Switches the outputs as decided, off before on. If an output does not switch on, the controller absorbs that as an
     * input and decides again before anything is published, so the published state is the real one.
     */
    private void drive(Instant now) {
        for (int failures = 0; failures <= outputs.size(); failures++) {
            Optional<EffectReport.DriveFailed> failed = tryToDrive();
            if (failed.isEmpty()) {
                return;
            }
            Logger.warn("{}", failed.get());
            last = controller.decide(controller.absorb(last.state(), toInput.apply(failed.get()), now), now);
        }
        throw new IllegalStateException("the controller drives an output that failed in this pass: " + last.effects());
    }

    private Optional<EffectReport.DriveFailed> tryToDrive() {
        for (boolean on : List.of(false, true)) {
            for (Effect effect : last.effects()) {
                if (effect instanceof Effect.Drive drive && drive.on() == on) {
                    Optional<EffectReport.DriveFailed> failed = drive(drive);
                    if (failed.isPresent()) {
                        return failed;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<EffectReport.DriveFailed> drive(Effect.Drive drive) {
        Relay relay = relay(drive.output());
        if (!drive.on()) {
            switchOff(drive.output(), relay);
        } else {
            try {
                relay.set(true);
            } catch (IOException e) {
                switchOff(drive.output(), relay);
                logSwitch(drive.output(), false);
                return Optional.of(new EffectReport.DriveFailed(drive.output(), String.valueOf(e.getMessage())));
            }
        }
        logSwitch(drive.output(), drive.on());
        return Optional.empty();
    }

    private Relay relay(String output) {
        Relay relay = outputs.get(output);
        if (relay == null) {
            throw new IllegalStateException("no output " + output + "; expected one of " + outputs.keySet());
        }
        return relay;
    }

    private void logSwitch(String output, boolean on) {
        Boolean before = outputLevels.put(output, on);
        if (before == null ? on : before != on) {
            switchings.incrementAndGet();
            Logger.info("{} {}", output, on ? "on" : "off");
        }
    }

    /** If an output stays on, the process ends and the stop hook of the systemd unit switches it off. */
    private static void switchOff(String output, Relay relay) {
        for (int attempt = 1; ; attempt++) {
            try {
                relay.set(false);
                return;
            } catch (IOException e) {
                if (attempt == SWITCH_OFF_ATTEMPTS) {
                    throw new UncheckedIOException(output + " does not switch off", e);
                }
            }
        }
    }

    private <T> void publish(Effect.Publish<T> publish) {
        Effect.Publish<?> before = published.put(publish.topic().name(), publish);
        if (publish.equals(before)) {
            return;
        }
        if (publish.topic().equals(CommonTopics.FAULT)) {
            boolean cleared = publish.message().equals(CommonTopics.NO_FAULT);
            if (!cleared) {
                Logger.warn("fault {}", publish.message());
            } else if (before != null) {
                Logger.info("fault cleared");
            }
        }
        bus.publishRetained(publish.topic(), publish.message(), publish.expiresAt());
        stateListener.accept(publish);
    }

    private <T> void announce(Effect.Announce<T> announce) {
        if (announced.add(announce.id())) {
            bus.publishOnce(
                    announce.topic(),
                    announce.message(),
                    announce.expiresAt(),
                    delivered -> inbox.putReport(toInput.apply(new EffectReport.Settled(announce.id(), delivered))));
        }
    }

    private void saveState(Effect.SaveState save) {
        if (!save.equals(lastSaved)) {
            lastSaved = save;
            stateWriter.save(save.entries(), report -> inbox.putReport(toInput.apply(report)));
        }
    }

    /** Forgets the ids of announcements that the decision no longer contains, so that the set stays small. */
    private void dropSettled() {
        if (!announced.isEmpty()) {
            Set<String> pending = new HashSet<>();
            for (Effect effect : last.effects()) {
                if (effect instanceof Effect.Announce<?> announce) {
                    pending.add(announce.id());
                }
            }
            announced.retainAll(pending);
        }
    }

    private boolean acceptsCommands() {
        return announced.size() < MAX_UNACKNOWLEDGED;
    }

    /** Tries every output: one broken relay must not leave the others on. */
    private void allOff() {
        for (Map.Entry<String, Relay> output : outputs.entrySet()) {
            try {
                switchOff(output.getKey(), output.getValue());
            } catch (UncheckedIOException e) {
                Logger.error("{} may still be on: {}", output.getKey(), e.getCause());
            } catch (RuntimeException e) {
                Logger.error(e, "{} may still be on", output.getKey());
            }
        }
    }

    /** In simulated time. */
    private Duration maxWait(TimeScale timeScale) {
        Instant now = clock.instant();
        Instant horizon = now.plus(timeScale.toSimulated(MAX_WAIT));
        Instant wake = last.wakeAt().isBefore(horizon) ? last.wakeAt() : horizon;
        return wake.isAfter(now) ? Duration.between(now, wake) : Duration.ZERO;
    }
}
