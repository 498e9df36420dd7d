package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewRequested;
import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.BrewingHoursChanged;
import hearth.coffee.CoffeeInput.CancelRequested;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.coffee.CoffeeInput.Reported;
import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.testkit.ControllerPropertyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** The safety rules of a coffee machine, numbered as in the design, in random schedules. */
class BrewerPropertyTest extends ControllerPropertyTest<CoffeeState, CoffeeInput> {

    private static final CoffeeSettings SETTINGS = BrewerTest.settings(
            "coffee.cup.gpio = 5", "coffee.per-day = 3", "coffee.quiet-hours = 22:00-06:00", "coffee.lock-out = 2m");
    private static final Duration MAX_ON = Duration.ofMinutes(15);
    private static final Duration LOCK_OUT = Duration.ofMinutes(2);
    private static final Duration DAY = Duration.ofDays(1);

    private final Set<String> onDisk = new HashSet<>();
    private final Set<String> brewed = new HashSet<>();
    private final Deque<Instant> lastDay = new ArrayDeque<>();
    private boolean on;
    private Instant since = Instant.MIN;
    private boolean quiet;
    private boolean inProgress;
    private int brews;

    @Override
    protected Controller<CoffeeState, CoffeeInput> controller() {
        return new Brewer(SETTINGS);
    }

    @Override
    protected Function<EffectReport, CoffeeInput> toInput() {
        return report -> {
            if (report instanceof EffectReport.StateSaved saved) {
                onDisk.add(saved.entries().getOrDefault("unfinished", ""));
            }
            return new Reported(report);
        };
    }

    @Override
    protected Duration maxOnTime() {
        return MAX_ON;
    }

    /** Trip 0 and command 0 had their brew before the power cut. */
    @Override
    protected Boot randomBoot(Random random) {
        onDisk.clear();
        brewed.clear();
        lastDay.clear();
        on = false;
        since = Instant.MIN;
        quiet = true;
        inProgress = false;
        if (random.nextBoolean()) {
            return Boot.first("boot");
        }
        brewed.add("t:trip0");
        brewed.add("c:id0");
        String unfinished = random.nextBoolean() ? "c:id0" : "";
        return new Boot("boot", Map.of("brewed", "t:trip0 c:id0", "brews", "17 x", "unfinished", unfinished), false);
    }

    @Override
    protected CoffeeInput randomInput(Random random, Instant now) {
        Instant validUntil = random.nextInt(10) == 0 ? now : now.plusSeconds(60);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Approaching(approach(random), Duration.ofSeconds(random.nextInt(900)));
            case 3, 4 -> new BrewRequested(new Command<>("brew/set", id(random), Press.PRESS, validUntil));
            case 5 ->
                random.nextInt(4) == 0
                        ? new CancelRequested(new Command<>("cancel/set", id(random), Press.PRESS, validUntil))
                        : new InputsRead(true, true);
            case 6 -> new InputsRead(random.nextInt(20) != 0, true);
            case 7 -> hour(random);
            default -> new InputsRead(true, true);
        };
    }

    @Override
    protected void check(CoffeeState state, Decision<CoffeeState> decision, Instant now, String where) {
        boolean isOn = decision.effects().contains(new Effect.Drive(Brewer.MACHINE, true));
        String key = decision.state().brew().key();
        boolean starts = decision.state().brew().exists() && !inProgress;
        inProgress = decision.state().brew().exists();
        require(!(starts && quiet), "no brew starts in quiet hours", where);
        if (isOn && !on) {
            brews++;
            require(brewed.add(key), "rule 11, never two brews for " + key, where);
            require(onDisk.contains(key), "rule 11, the id is on disk before the relay is on: " + key, where);
            require(since.equals(Instant.MIN) || !now.isBefore(since.plus(LOCK_OUT)), "a pause between brews", where);
            while (!lastDay.isEmpty() && !now.isBefore(lastDay.peek().plus(DAY))) {
                lastDay.remove();
            }
            lastDay.add(now);
            require(lastDay.size() <= 3, "at most 3 brews per day", where);
            since = now;
        } else if (isOn) {
            require(now.isBefore(since.plus(MAX_ON)), "rule 12, a hard maximum", where);
        } else if (on) {
            since = now;
        }
        on = isOn;
    }

    @Override
    protected void afterAllRuns() {
        assertThat(brews).isGreaterThan(RUNS / 5);
    }

    private CoffeeInput hour(Random random) {
        BrewingHours hour = BrewingHours.values()[random.nextInt(3)];
        quiet = hour == BrewingHours.QUIET;
        return new BrewingHoursChanged(hour);
    }

    private static Approach approach(Random random) {
        String trip = "trip" + random.nextInt(20);
        return random.nextInt(6) == 0
                ? Approach.cancelled(trip)
                : Approach.coming(trip, Duration.ofSeconds(random.nextInt(1200)));
    }

    private static String id(Random random) {
        return random.nextInt(3) == 0 ? "" : "id" + random.nextInt(20);
    }
}
