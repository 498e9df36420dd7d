package hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Properties that every controller must have, tested with random inputs at random times. Each message contains the
 * seed.
 */
public abstract class ControllerPropertyTest<S, I> {

    /** Number of runs; fewer in mutation tests, which repeat them for each of a thousand mutants. */
    public static final int RUNS = Integer.getInteger("hearth.laws.lives", 1_000);

    private static final int STEPS = 200;

    protected abstract Controller<S, I> controller();

    /** A random input, valid or not. */
    protected abstract I randomInput(Random random, Instant now);

    protected abstract Function<EffectReport, I> toInput();

    /** The time within which every output must be off if no more inputs arrive. */
    protected abstract Duration maxOnTime();

    /** A random boot. */
    protected Boot randomBoot(Random random) {
        return Boot.first("boot" + random.nextInt(1000));
    }

    /** Additional checks of each decision. */
    protected void check(S state, Decision<S> decision, Instant now, String where) {}

    /** Called after all runs, to check that the random inputs covered enough. */
    protected void afterAllRuns() {}

    /** Fails if a property of the device does not hold. */
    public static void require(boolean holds, String property, String where) {
        if (!holds) {
            throw new AssertionError(where + ": " + property);
        }
    }

    @Test
    void thePropertiesHoldWithRandomInputs() {
        Controller<S, I> controller = controller();
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Instant now = Instant.parse("2030-01-01T00:00:00Z");
            S state = controller.start(now, randomBoot(random));
            for (int step = 0; step < STEPS; step++) {
                String where = "seed " + seed + ", turn " + step;
                Decision<S> decision = controller.decide(state, now);
                checkProperties(controller, state, decision, now, random, where);
                check(state, decision, now, where);
                state = decision.state();
                boolean onTime = random.nextBoolean() && !decision.wakeAt().equals(Instant.MAX);
                Instant later = now.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 4_000_000 : 20_000));
                now = onTime && decision.wakeAt().isBefore(later) ? decision.wakeAt() : later;
                if (random.nextInt(8) != 0) {
                    state = controller.absorb(state, input(decision, random, now), now);
                }
            }
        }
        afterAllRuns();
    }

    /** The outcome of an effect, or a random input. */
    private I input(Decision<S> decision, Random random, Instant now) {
        if (!decision.effects().isEmpty() && random.nextInt(3) == 0) {
            Effect effect =
                    decision.effects().get(random.nextInt(decision.effects().size()));
            if (effect instanceof Effect.Announce<?> announce) {
                return toInput().apply(new EffectReport.Settled(announce.id(), random.nextBoolean()));
            }
            if (effect instanceof Effect.SaveState save) {
                return toInput()
                        .apply(
                                random.nextInt(4) == 0
                                        ? new EffectReport.StorageFailed("disk full")
                                        : new EffectReport.StateSaved(save.entries()));
            }
            if (effect instanceof Effect.Drive drive && drive.on() && random.nextInt(8) == 0) {
                return toInput().apply(new EffectReport.DriveFailed(drive.output(), "line busy"));
            }
        }
        return randomInput(random, now);
    }

    private void checkProperties(
            Controller<S, I> controller, S state, Decision<S> decision, Instant now, Random random, String where) {
        same("same arguments, same decision", where, controller.decide(state, now), decision);

        Decision<S> again = controller.decide(decision.state(), now);
        same("deciding again changes nothing", where, again.effects(), decision.effects());
        same("deciding again changes nothing", where, again.state(), decision.state());
        if (!decision.wakeAt().isAfter(now)) {
            fail("%s: wakeAt %s is not after now, %s", where, decision.wakeAt(), now);
        }

        Instant wakeAt = decision.wakeAt().equals(Instant.MAX) ? now.plus(Duration.ofDays(10)) : decision.wakeAt();
        Instant midway = now.plus(Duration.between(now, wakeAt).dividedBy(2));
        for (Instant early : List.of(midway, wakeAt.minusNanos(1))) {
            List<Effect> then = controller.decide(decision.state(), early).effects();
            same("nothing changes before wakeAt", where, then, decision.effects());
        }
        if (random.nextInt(10) == 0 && anyOn(decision)) {
            everyOutputSwitchesOff(controller, decision, now, where);
        }
    }

    /** Without AssertJ in the usual case: building a million unused descriptions would take longer than the runs. */
    private static void same(String property, String where, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            assertThat(actual).as("%s: %s", where, property).isEqualTo(expected);
        }
    }

    private void everyOutputSwitchesOff(Controller<S, I> controller, Decision<S> first, Instant now, String where) {
        Decision<S> decision = first;
        Instant end = now.plus(maxOnTime());
        while (anyOn(decision)) {
            assertThat(decision.wakeAt())
                    .as("%s: every output that is on is switched off in time", where)
                    .isBeforeOrEqualTo(end);
            decision = controller.decide(decision.state(), decision.wakeAt());
        }
    }

    private static boolean anyOn(Decision<?> decision) {
        return decision.effects().stream().anyMatch(effect -> effect instanceof Effect.Drive drive && drive.on());
    }
}
