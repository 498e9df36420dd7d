package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewAsked;
import hearth.coffee.CoffeeInput.CancelAsked;
import hearth.coffee.CoffeeInput.Hour;
import hearth.coffee.CoffeeInput.HourTold;
import hearth.coffee.CoffeeInput.Looked;
import hearth.coffee.CoffeeInput.Told;
import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.ControllerLaws;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Report;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** The safety rules of a coffee machine, numbered as in the design, over random lives. */
class BrewerLawsTest extends ControllerLaws<CoffeeState, CoffeeInput> {

    private static final CoffeeSettings SETTINGS = BrewerTest.settings(
            "coffee.cup.gpio = 5", "coffee.per-day = 3", "coffee.quiet-hours = 22:00-06:00", "coffee.lock-out = 2m");
    private static final Duration MAX_ON = Duration.ofMinutes(15);
    private static final Duration LOCK_OUT = Duration.ofMinutes(2);
    private static final Duration DAY = Duration.ofDays(1);

    private final Set<String> onDisk = new HashSet<>();
    private final Set<String> brewed = new HashSet<>();
    private final Deque<Instant> lately = new ArrayDeque<>();
    private boolean on;
    private Instant since = Instant.MIN;
    private boolean quiet;
    private boolean underWay;
    private int brews;

    @Override
    protected Controller<CoffeeState, CoffeeInput> controller() {
        return new Brewer(SETTINGS);
    }

    @Override
    protected Function<Report, CoffeeInput> told() {
        return report -> {
            if (report instanceof Report.OnDisk kept) {
                onDisk.add(kept.notes().getOrDefault("unfinished", ""));
            }
            return new Told(report);
        };
    }

    @Override
    protected Duration longestOn() {
        return MAX_ON;
    }

    /** Trip 0 and command 0 had their brew before the power cut. */
    @Override
    protected Boot anyBoot(Random random) {
        onDisk.clear();
        brewed.clear();
        lately.clear();
        on = false;
        since = Instant.MIN;
        quiet = true;
        underWay = false;
        if (random.nextBoolean()) {
            return Boot.first("boot");
        }
        brewed.add("t:trip0");
        brewed.add("c:id0");
        String unfinished = random.nextBoolean() ? "c:id0" : "";
        return new Boot("boot", Map.of("brewed", "t:trip0 c:id0", "brews", "17 x", "unfinished", unfinished), false);
    }

    @Override
    protected CoffeeInput anything(Random random, Instant now) {
        Instant goodUntil = random.nextInt(10) == 0 ? now : now.plusSeconds(60);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Approaching(approach(random), Duration.ofSeconds(random.nextInt(900)));
            case 3, 4 -> new BrewAsked(new Command<>("brew/set", id(random), Press.PRESS, goodUntil));
            case 5 ->
                random.nextInt(4) == 0
                        ? new CancelAsked(new Command<>("cancel/set", id(random), Press.PRESS, goodUntil))
                        : new Looked(true, true);
            case 6 -> new Looked(random.nextInt(20) != 0, true);
            case 7 -> hour(random);
            default -> new Looked(true, true);
        };
    }

    @Override
    protected void check(CoffeeState state, Decision<CoffeeState> decision, Instant now, String where) {
        boolean isOn = decision.effects().contains(new Effect.Drive(Brewer.MACHINE, true));
        String key = decision.state().brew().key();
        boolean begins = decision.state().brew().exists() && !underWay;
        underWay = decision.state().brew().exists();
        law(!(begins && quiet), "no brew begins in quiet hours", where);
        if (isOn && !on) {
            brews++;
            law(brewed.add(key), "rule 11, never two brews for " + key, where);
            law(onDisk.contains(key), "rule 11, the id is on disk before the relay is on: " + key, where);
            law(since.equals(Instant.MIN) || !now.isBefore(since.plus(LOCK_OUT)), "a rest between brews", where);
            while (!lately.isEmpty() && !now.isBefore(lately.peek().plus(DAY))) {
                lately.remove();
            }
            lately.add(now);
            law(lately.size() <= 3, "so many brews a day", where);
            since = now;
        } else if (isOn) {
            law(now.isBefore(since.plus(MAX_ON)), "rule 12, a hard maximum", where);
        } else if (on) {
            since = now;
        }
        on = isOn;
    }

    @Override
    protected void afterAllLives() {
        assertThat(brews).isGreaterThan(LIVES / 5);
    }

    private CoffeeInput hour(Random random) {
        Hour hour = Hour.values()[random.nextInt(3)];
        quiet = hour == Hour.QUIET;
        return new HourTold(hour);
    }

    private static Approach approach(Random random) {
        String trip = "trip" + random.nextInt(20);
        return random.nextInt(6) == 0
                ? Approach.calledOff(trip)
                : Approach.coming(trip, Duration.ofSeconds(random.nextInt(1200)));
    }

    private static String id(Random random) {
        return random.nextInt(3) == 0 ? "" : "id" + random.nextInt(20);
    }
}
