package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.ControllerLaws;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Report;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.Common;
import hearth.common.message.Topic;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.thermostat.ThermostatInput.Heard;
import hearth.thermostat.ThermostatInput.ModeSet;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Sensed;
import hearth.thermostat.ThermostatInput.TargetSet;
import hearth.thermostat.ThermostatInput.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The safety rules of a thermostat, numbered as in the design, over random lives. Judged only from what went in and what
 * came out: readings, commands, relays, published states.
 */
class ThermostatLawsTest extends ControllerLaws<ThermostatState, ThermostatInput> {

    private static final ThermostatSettings SETTINGS = Thermostats.settings(
            "airco.sources = local, other",
            "airco.heat.max-on = 20m",
            "airco.cool.max-on = 20m",
            "airco.absolute-max = 26",
            "airco.absolute-min = 15");
    private static final Duration STALE = Duration.ofSeconds(30);
    private static final Duration MIN_OFF = Duration.ofMinutes(5);
    private static final Duration MAX_ON = Duration.ofMinutes(20);
    private static final Duration DEAD_TIME = Duration.ofSeconds(30);
    private static final double FROST_ENDS = 8.0;

    private final Map<Side, Instant> onSince = new EnumMap<>(Side.class);
    private final Map<Side, Instant> offSince = new EnumMap<>(Side.class);
    private final Map<String, Instant> heardAt = new HashMap<>();
    private final Map<String, Double> newest = new HashMap<>();
    private Mode mode = Mode.HEAT_COOL;
    private double room;
    private double drift;
    private boolean booted;
    private final Map<String, String> asked = new HashMap<>();
    private final Set<String> answers = new HashSet<>();
    private int answersExpected;
    private final Map<Side, Integer> runs = new EnumMap<>(Side.class);

    @Override
    protected Controller<ThermostatState, ThermostatInput> controller() {
        return new Thermostat(SETTINGS);
    }

    @Override
    protected Function<Report, ThermostatInput> told() {
        return Told::new;
    }

    @Override
    protected Duration longestOn() {
        return STALE;
    }

    @Override
    protected Boot anyBoot(Random random) {
        onSince.clear();
        offSince.clear();
        heardAt.clear();
        newest.clear();
        mode = Mode.HEAT_COOL;
        room = 12 + random.nextInt(18);
        drift = random.nextInt(3) - 1;
        booted = false;
        asked.clear();
        answers.clear();
        answersExpected = 0;
        return random.nextInt(4) == 0
                ? new Boot("boot", Map.of("target", "21.5", "latched", "maybe"), random.nextBoolean())
                : Boot.first("boot");
    }

    @Override
    protected ThermostatInput anything(Random random, Instant now) {
        room = Math.max(2, Math.min(38, room + drift * random.nextInt(16) / 16.0));
        drift = random.nextInt(30) == 0 ? random.nextInt(3) - 1 : drift;
        return switch (random.nextInt(24)) {
            case 0 -> new Sensed(new Reading.Failed("sensor-no-data", "in a test"));
            case 1 -> measured(AircoSettings.LOCAL, random.nextBoolean() ? 85.0 : -40.0, now);
            case 2 -> measured(AircoSettings.LOCAL, 5.0 + random.nextInt(30), now);
            case 3 -> new TargetSet(asked("target/set", random, target(random), now));
            case 4 -> random.nextInt(3) == 0 ? modeSet(random) : measured(AircoSettings.LOCAL, room, now);
            case 5 -> new PresetSet(asked("preset/set", random, Preset.values()[random.nextInt(2)], now));
            case 6 -> new Reset(asked("reset/set", random, Press.PRESS, now));
            case 7, 8, 9 -> heard(random, now);
            default -> measured(AircoSettings.LOCAL, room, now);
        };
    }

    @Override
    protected void check(ThermostatState state, Decision<ThermostatState> decision, Instant now, String where) {
        Map<Side, Boolean> on = drives(decision);
        Celsius target = published(decision, AircoTopics.TARGET);
        Action action = published(decision, AircoTopics.ACTION);

        law(!(on.get(Side.HEAT) && on.get(Side.COOL)), "rule 1, never both", where);
        for (Side side : Side.values()) {
            if (on.get(side)) {
                checkRunning(side, decision.state(), now, where);
            } else if (onSince.remove(side) != null || !booted) {
                offSince.put(side, now);
            }
        }
        booted = true;
        law(target.degrees() >= 5 && target.degrees() <= 30 && target.degrees() * 2 % 1 == 0, "rule 7", where);
        Action driven = on.get(Side.HEAT)
                ? Action.HEATING
                : on.get(Side.COOL) ? Action.COOLING : mode == Mode.OFF ? Action.OFF : Action.IDLE;
        law(action == driven, "rule 8, what is said is what is", where);
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Announce<?> answer) {
                answers.add(answer.id());
            }
        }
        law(answers.size() == answersExpected, "rule 17, each command is answered once", where);
    }

    /** Rule 15. What rests after heating in vain is told until the rest is over; that is its point. */
    @Test
    void afterWhateverHappenedItIsWellWithinFifteenSecondsOfGoodReadings() {
        for (int seed = 0; seed < LIVES; seed++) {
            Random random = new Random(seed);
            Instant now = Instant.parse("2030-01-01T00:00:00Z");
            ThermostatState state = controller().start(now, Boot.first("boot"));
            for (int turn = 0; turn < 200; turn++) {
                now = now.plusMillis(random.nextInt(20_000));
                state = controller()
                        .decide(controller().absorb(state, anything(random, now), now), now)
                        .state();
            }
            Decision<ThermostatState> well = controller().decide(state, now);
            for (int second = 1; second <= 15; second += 2) {
                now = now.plusSeconds(2);
                ThermostatState known = controller().absorb(well.state(), measured(AircoSettings.LOCAL, 20, now), now);
                ThermostatInput other = new Heard("other", Celsius.of(20), Duration.ZERO);
                well = controller().decide(controller().absorb(known, other, now), now);
            }

            assertThat(published(well, Common.FAULT))
                    .as("seed %d", seed)
                    .matches("none|no-response|no-response-latched");
        }
    }

    private void checkRunning(Side side, ThermostatState state, Instant now, String where) {
        if (onSince.putIfAbsent(side, now) == null) {
            runs.merge(side, 1, Integer::sum);
            law(!now.isBefore(offSince.get(side).plus(MIN_OFF)), "rules 4 and 9, a rest after a run or a boot", where);
            law(!now.isBefore(offSince.get(side.other()).plus(DEAD_TIME)), "rule 1, dead time", where);
        }
        law(heardAt.values().stream().anyMatch(at -> now.isBefore(at.plus(STALE))), "rule 2, a fresh reading", where);
        law(!state.airco().effort().latched(), "rule 3, not latched", where);
        boolean frost = side == Side.HEAT && newest.values().stream().anyMatch(degrees -> degrees < FROST_ENDS);
        law(mode.allows(side) || frost, "rule 3, the mode allows it", where);
        law(now.isBefore(onSince.get(side).plus(MAX_ON)), "rule 5, no longer than max-on", where);
        newest.forEach((name, degrees) -> {
            if (now.isBefore(heardAt.get(name).plus(STALE))) {
                law(side == Side.HEAT ? degrees < 26 : degrees > 15, "rule 6, absolute limits", where);
            }
        });
    }

    @Override
    protected void afterAllLives() {
        assertThat(runs.get(Side.HEAT)).isGreaterThan(LIVES * 3 / 10);
        assertThat(runs.get(Side.COOL)).isGreaterThan(LIVES * 3 / 10);
    }

    private ThermostatInput measured(String source, double degrees, Instant now) {
        note(source, degrees, now);
        return new Sensed(new Reading.Measured(Celsius.of(degrees)));
    }

    private ThermostatInput heard(Random random, Instant now) {
        Duration age = Duration.ofSeconds(random.nextInt(40));
        Instant before = heardAt.getOrDefault("other", Instant.MIN);
        if (!now.minus(age).isBefore(before)) { // What is older than what is known does not count.
            note("other", room, now.minus(age));
        }
        return new Heard("other", Celsius.of(room), age);
    }

    private void note(String source, double degrees, Instant measuredAt) {
        if (degrees > 60 || degrees < -30) {
            heardAt.remove(source);
            newest.remove(source);
        } else {
            heardAt.put(source, measuredAt);
            newest.put(source, degrees);
        }
    }

    private ThermostatInput modeSet(Random random) {
        mode = Mode.values()[random.nextInt(4)];
        answersExpected++;
        return new ModeSet(new Command<>("mode/set", "", mode, Instant.MAX));
    }

    /** Each is answered once; a repeat that asks for the same is silent. */
    private <T> Command<T> asked(String name, Random random, T value, Instant now) {
        Command<T> command = new Command<>(name, id(random), value, goodUntil(random, now));
        String before = command.hasId() ? asked.putIfAbsent(command.id(), command.content()) : null;
        answersExpected += command.content().equals(before) ? 0 : 1;
        return command;
    }

    private static Celsius target(Random random) {
        return Celsius.of(10 + random.nextInt(41) / 2.0);
    }

    private static String id(Random random) {
        return random.nextBoolean() ? "" : "id" + random.nextInt(100);
    }

    private static Instant goodUntil(Random random, Instant now) {
        return random.nextInt(10) == 0 ? now : now.plusSeconds(60);
    }

    private static Map<Side, Boolean> drives(Decision<ThermostatState> decision) {
        Map<Side, Boolean> on = new EnumMap<>(Side.class);
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Drive drive) {
                on.put(drive.output().equals("heat") ? Side.HEAT : Side.COOL, drive.on());
            }
        }
        return on;
    }

    private static <T> T published(Decision<ThermostatState> decision, Topic<T> topic) {
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Publish<?> publish && publish.topic().equals(topic)) {
                @SuppressWarnings("unchecked") // What is published on a topic is of its type.
                T message = (T) publish.message();
                return message;
            }
        }
        throw new AssertionError("not published: " + topic.name());
    }
}
