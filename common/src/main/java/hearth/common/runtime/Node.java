package hearth.common.runtime;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Report;
import hearth.common.hal.Relay;
import hearth.common.message.Common;
import hearth.common.mqtt.Conversation;
import hearth.common.value.Pace;
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
    private static final int MOST_OWED = 64;

    /** A third of the watchdog's ten seconds, in real time. */
    private static final Duration LONGEST_NAP = Duration.ofSeconds(3);

    private static final int TRIES_TO_SWITCH_OFF = 3;

    private final Controller<S, I> controller;
    private final Function<Report, I> told;
    private final Map<String, Relay> outputs;
    private final Conversation conversation;
    private final Keeper keeper;
    private final InstantSource clock;

    private final Inbox<I> inbox = new Inbox<>();
    private final Map<String, Boolean> driven = new HashMap<>();
    private final Map<String, Effect.Publish<?>> published = new HashMap<>();
    private final Set<String> announced = new HashSet<>();
    private Effect.@Nullable Remember kept;
    private Decision<S> last;
    private boolean started;
    private Consumer<Effect.Publish<?>> alsoTold = publish -> {};
    private final AtomicLong switchings = new AtomicLong();

    /** @param told how what became of an effect is said to this controller */
    public Node(Controller<S, I> controller, Function<Report, I> told, Map<String, Relay> outputs, Site site) {
        this.controller = controller;
        this.told = told;
        this.outputs = Map.copyOf(outputs);
        this.conversation = site.conversation();
        this.keeper = site.keeper();
        this.clock = site.timers().clock();
        Boot boot = keeper.boot(site.bootId());
        this.kept = boot.forgot() ? null : new Effect.Remember(boot.remembered()); // What is damaged is written anew.
        Instant now = clock.instant();
        this.last = controller.decide(controller.start(now, boot), now);
    }

    /** From now on this one too, in this process and on the loop's thread, learns of each state that is told the house. */
    public void alsoTell(Consumer<Effect.Publish<?>> listener) {
        alsoTold = listener;
    }

    /** A reading or a state: the latest of a source is the one that counts. Returns at once. */
    public void sensed(Object source, I input) {
        inbox.latest(source, input);
    }

    /** A command. Returns at once; in a flood the oldest that still waits gives way. */
    public void ordered(I command) {
        inbox.command(command);
    }

    /**
     * Runs until the thread is interrupted, then switches everything off. On return the thread is not interrupted.
     *
     * @param afterEachTurn proves that the loop turns; feeds the watchdog
     */
    public void run(Pace pace, Runnable afterEachTurn) {
        try {
            turn();
            while (!Thread.interrupted()) {
                afterEachTurn.run();
                turn(inbox.await(takesCommands(), pace.real(nap(pace))));
            }
        } catch (InterruptedException e) {
            Logger.debug("asked to stop");
        } finally {
            allOff();
        }
    }

    /** One turn with what has arrived, if anything has. Does not wait. */
    public void turn() {
        turn(inbox.poll(takesCommands()));
    }

    /** True if something has arrived that a turn would take in. */
    boolean hasInput() {
        return !inbox.isEmpty(takesCommands());
    }

    /** True if a turn now would do something. */
    boolean hasWork() {
        return !started || hasInput() || !clock.instant().isBefore(last.wakeAt());
    }

    Instant wakeAt() {
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

    long turnedAway() {
        return inbox.turnedAway();
    }

    private void turn(Optional<I> input) {
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
            } else if (effect instanceof Effect.Remember remember) {
                remember(remember);
            }
        }
        forgetSettled();
    }

    /**
     * Brings the outputs to what was decided, off before on. One that does not switch on is an input like any other: it
     * is decided again before anything is said, so what is said is what is.
     */
    private void drive(Instant now) {
        for (int failures = 0; failures <= outputs.size(); failures++) {
            Optional<Report.DriveFailed> failed = tryToDrive();
            if (failed.isEmpty()) {
                return;
            }
            Logger.warn("{}", failed.get());
            last = controller.decide(controller.absorb(last.state(), told.apply(failed.get()), now), now);
        }
        throw new IllegalStateException("the controller insists on an output that failed: " + last.effects());
    }

    private Optional<Report.DriveFailed> tryToDrive() {
        for (boolean on : List.of(false, true)) {
            for (Effect effect : last.effects()) {
                if (effect instanceof Effect.Drive drive && drive.on() == on) {
                    Optional<Report.DriveFailed> failed = drive(drive);
                    if (failed.isPresent()) {
                        return failed;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Report.DriveFailed> drive(Effect.Drive drive) {
        Relay relay = relay(drive.output());
        if (!drive.on()) {
            switchOff(drive.output(), relay);
        } else {
            try {
                relay.set(true);
            } catch (IOException e) {
                switchOff(drive.output(), relay);
                note(drive.output(), false);
                return Optional.of(new Report.DriveFailed(drive.output(), String.valueOf(e.getMessage())));
            }
        }
        note(drive.output(), drive.on());
        return Optional.empty();
    }

    private Relay relay(String output) {
        Relay relay = outputs.get(output);
        if (relay == null) {
            throw new IllegalStateException("no such output: " + output + "; there are " + outputs.keySet());
        }
        return relay;
    }

    private void note(String output, boolean on) {
        Boolean before = driven.put(output, on);
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
                if (tries == TRIES_TO_SWITCH_OFF) {
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
        if (publish.topic().equals(Common.FAULT)) {
            boolean healed = publish.message().equals(Common.NO_FAULT);
            if (!healed) {
                Logger.warn("fault {}", publish.message());
            } else if (before != null) {
                Logger.info("fault none: all is well again");
            }
        }
        conversation.publish(publish.topic(), publish.message(), publish.until());
        alsoTold.accept(publish);
    }

    private <T> void announce(Effect.Announce<T> announce) {
        if (announced.add(announce.id())) {
            conversation.announce(
                    announce.topic(),
                    announce.message(),
                    announce.until(),
                    delivered -> inbox.report(told.apply(new Report.Settled(announce.id(), delivered))));
        }
    }

    private void remember(Effect.Remember remember) {
        if (!remember.equals(kept)) {
            kept = remember;
            keeper.keep(remember.notes(), report -> inbox.report(told.apply(report)));
        }
    }

    /** Once a decision no longer holds an announcement its id can be forgotten, so the set stays small. */
    private void forgetSettled() {
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

    private boolean takesCommands() {
        return announced.size() < MOST_OWED;
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
    private Duration nap(Pace pace) {
        Instant now = clock.instant();
        Instant horizon = now.plus(pace.inTheHouse(LONGEST_NAP));
        Instant wake = last.wakeAt().isBefore(horizon) ? last.wakeAt() : horizon;
        return wake.isAfter(now) ? Duration.between(now, wake) : Duration.ZERO;
    }
}
