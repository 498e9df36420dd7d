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
 * <p>Sensors, the broker and the disk leave their inputs from threads of their own; nothing else crosses. A turn waits
 * for none of them. If a turn fails the outputs go off and the process ends: systemd starts a fresh one, which is a
 * state we test, rather than a half-broken one, which is not.
 */
public final class Node<S, I> {

    /** Answers that nobody has acknowledged yet; with so many no further command is taken in. */
    private static final int MAX_UNACKNOWLEDGED = 64;

    /** A third of the watchdog's ten seconds, in real time. */
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

    /** @param told how what became of an effect is said to this controller */
    public Node(
            Controller<S, I> controller,
            Function<EffectReport, I> told,
            Map<String, Relay> outputs,
            NodeContext context) {
        this.controller = controller;
        this.toInput = told;
        this.outputs = Map.copyOf(outputs);
        this.bus = context.bus();
        this.stateWriter = context.stateWriter();
        this.clock = context.timers().clock();
        Boot boot = stateWriter.boot(context.bootId());
        this.lastSaved =
                boot.stateLost() ? null : new Effect.SaveState(boot.savedState()); // What is damaged is written anew.
        Instant now = clock.instant();
        this.last = controller.decide(controller.start(now, boot), now);
    }

    /** From now on this one too, in this process and on the loop's thread, learns of each state that is told the house. */
    public void addStateListener(Consumer<Effect.Publish<?>> listener) {
        stateListener = listener;
    }

    /** A reading or a state: the latest of a source is the one that counts. Returns at once. */
    public void stateReceived(Object source, I input) {
        inbox.putLatest(source, input);
    }

    /** A command. Returns at once; in a flood the oldest that still waits gives way. */
    public void commandReceived(I command) {
        inbox.putCommand(command);
    }

    /**
     * Runs until the thread is interrupted, then switches everything off. On return the thread is not interrupted.
     *
     * @param afterEachTurn proves that the loop turns; feeds the watchdog
     */
    public void run(TimeScale timeScale, Runnable afterEachTurn) {
        try {
            runOnce();
            while (!Thread.interrupted()) {
                afterEachTurn.run();
                runOnce(inbox.await(acceptsCommands(), timeScale.toReal(maxWait(timeScale))));
            }
        } catch (InterruptedException e) {
            Logger.debug("asked to stop");
        } finally {
            allOff();
        }
    }

    /** One turn with what has arrived, if anything has. Does not wait. */
    public void runOnce() {
        runOnce(inbox.poll(acceptsCommands()));
    }

    /** True if something has arrived that a turn would take in. */
    public boolean hasInput() {
        return !inbox.isEmpty(acceptsCommands());
    }

    /** True if a turn now would do something. */
    public boolean hasWork() {
        return !started || hasInput() || !clock.instant().isBefore(last.wakeAt());
    }

    public Instant wakeAt() {
        return last.wakeAt();
    }

    /** What the controller knows now. For those who watch from the loop's own thread. */
    S state() {
        return last.state();
    }

    /** Changes of outputs and commands turned away, since the start. */
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
            } else if (effect instanceof Effect.SaveState remember) {
                saveState(remember);
            }
        }
        dropSettled();
    }

    /**
     * Brings the outputs to what was decided, off before on. One that does not switch on is an input like any other: it
     * is decided again before anything is said, so what is said is what is.
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
        throw new IllegalStateException("the controller insists on an output that failed: " + last.effects());
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
            throw new IllegalStateException("no such output: " + output + "; there are " + outputs.keySet());
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

    /** An output that stays on is beyond this process: it ends, and the unit's stop hook switches it off. */
    private static void switchOff(String output, Relay relay) {
        for (int tries = 1; ; tries++) {
            try {
                relay.set(false);
                return;
            } catch (IOException e) {
                if (tries == SWITCH_OFF_ATTEMPTS) {
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
            boolean healed = publish.message().equals(CommonTopics.NO_FAULT);
            if (!healed) {
                Logger.warn("fault {}", publish.message());
            } else if (before != null) {
                Logger.info("fault none: all is well again");
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

    private void saveState(Effect.SaveState remember) {
        if (!remember.equals(lastSaved)) {
            lastSaved = remember;
            stateWriter.save(remember.entries(), report -> inbox.putReport(toInput.apply(report)));
        }
    }

    /** Once a decision no longer holds an announcement its id can be forgotten, so the set stays small. */
    private void dropSettled() {
        if (!announced.isEmpty()) {
            Set<String> held = new HashSet<>();
            for (Effect effect : last.effects()) {
                if (effect instanceof Effect.Announce<?> announce) {
                    held.add(announce.id());
                }
            }
            announced.retainAll(held);
        }
    }

    private boolean acceptsCommands() {
        return announced.size() < MAX_UNACKNOWLEDGED;
    }

    /** Every output gets its chance: one broken relay must not leave the others on. */
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

    /** In the house's time. */
    private Duration maxWait(TimeScale timeScale) {
        Instant now = clock.instant();
        Instant horizon = now.plus(timeScale.toSimulated(MAX_WAIT));
        Instant wake = last.wakeAt().isBefore(horizon) ? last.wakeAt() : horizon;
        return wake.isAfter(now) ? Duration.between(now, wake) : Duration.ZERO;
    }
}
