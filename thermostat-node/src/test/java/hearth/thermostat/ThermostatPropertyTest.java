package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Topic;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.ControllerPropertyTest;
import hearth.thermostat.ThermostatInput.ModeSet;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.RemoteTemperature;
import hearth.thermostat.ThermostatInput.Reported;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Sensed;
import hearth.thermostat.ThermostatInput.TargetSet;
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
 * The safety rules of a thermostat, numbered as in the design, over random schedules. They are checked from inputs and
 * effects only: readings, commands, relays, published states.
 */
class ThermostatPropertyTest extends ControllerPropertyTest<ThermostatState, ThermostatInput> {

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

    private final Map<HeatOrCool, Instant> onSince = new EnumMap<>(HeatOrCool.class);
    private final Map<HeatOrCool, Instant> offSince = new EnumMap<>(HeatOrCool.class);
    private final Map<String, Instant> measuredAtBySource = new HashMap<>();
    private final Map<String, Double> newest = new HashMap<>();
    private Mode mode = Mode.HEAT_COOL;
    private double room;
    private double drift;
    private boolean started;
    private final Map<String, String> commands = new HashMap<>();
    private final Set<String> results = new HashSet<>();
    private int resultsExpected;
    private final Map<HeatOrCool, Integer> periods = new EnumMap<>(HeatOrCool.class);

    @Override
    protected Controller<ThermostatState, ThermostatInput> controller() {
        return new Thermostat(SETTINGS);
    }

    @Override
    protected Function<EffectReport, ThermostatInput> toInput() {
        return Reported::new;
    }

    @Override
    protected Duration maxOnTime() {
        return STALE;
    }

    @Override
    protected Boot randomBoot(Random random) {
        onSince.clear();
        offSince.clear();
        measuredAtBySource.clear();
        newest.clear();
        mode = Mode.HEAT_COOL;
        room = 12 + random.nextInt(18);
        drift = random.nextInt(3) - 1;
        started = false;
        commands.clear();
        results.clear();
        resultsExpected = 0;
        return random.nextInt(4) == 0
                ? new Boot("boot", Map.of("target", "21.5", "latched", "maybe"), random.nextBoolean())
                : Boot.first("boot");
    }

    @Override
    protected ThermostatInput randomInput(Random random, Instant now) {
        room = Math.max(2, Math.min(38, room + drift * random.nextInt(16) / 16.0));
        drift = random.nextInt(30) == 0 ? random.nextInt(3) - 1 : drift;
        return switch (random.nextInt(24)) {
            case 0 -> new Sensed(new Reading.Failed("sensor-no-data", "in a test"));
            case 1 -> measured(ClimateSettings.LOCAL, random.nextBoolean() ? 85.0 : -40.0, now);
            case 2 -> measured(ClimateSettings.LOCAL, 5.0 + random.nextInt(30), now);
            case 3 -> new TargetSet(command("target/set", random, target(random), now));
            case 4 -> random.nextInt(3) == 0 ? modeSet(random) : measured(ClimateSettings.LOCAL, room, now);
            case 5 -> new PresetSet(command("preset/set", random, Preset.values()[random.nextInt(2)], now));
            case 6 -> new Reset(command("reset/set", random, Press.PRESS, now));
            case 7, 8, 9 -> remoteTemperature(random, now);
            default -> measured(ClimateSettings.LOCAL, room, now);
        };
    }

    @Override
    protected void check(ThermostatState state, Decision<ThermostatState> decision, Instant now, String where) {
        Map<HeatOrCool, Boolean> on = drives(decision);
        Celsius target = published(decision, ClimateTopics.TARGET);
        Action action = published(decision, ClimateTopics.ACTION);

        require(!(on.get(HeatOrCool.HEAT) && on.get(HeatOrCool.COOL)), "rule 1, never both", where);
        for (HeatOrCool kind : HeatOrCool.values()) {
            if (on.get(kind)) {
                checkRunning(kind, decision.state(), now, where);
            } else if (onSince.remove(kind) != null || !started) {
                offSince.put(kind, now);
            }
        }
        started = true;
        require(target.degrees() >= 5 && target.degrees() <= 30 && target.degrees() * 2 % 1 == 0, "rule 7", where);
        Action driven = on.get(HeatOrCool.HEAT)
                ? Action.HEATING
                : on.get(HeatOrCool.COOL) ? Action.COOLING : mode == Mode.OFF ? Action.OFF : Action.IDLE;
        require(action == driven, "rule 8, the action is that of the relays", where);
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Announce<?> result) {
                results.add(result.id());
            }
        }
        require(results.size() == resultsExpected, "rule 17, each command has one result", where);
    }

    /** Rule 15. The fault of heating without effect stays until its pause ends. */
    @Test
    void afterAnyEventsThereIsNoFaultAfterFifteenSecondsOfGoodReadings() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Instant now = Instant.parse("2030-01-01T00:00:00Z");
            ThermostatState state = controller().start(now, Boot.first("boot"));
            for (int step = 0; step < 200; step++) {
                now = now.plusMillis(random.nextInt(20_000));
                state = controller()
                        .decide(controller().absorb(state, randomInput(random, now), now), now)
                        .state();
            }
            Decision<ThermostatState> well = controller().decide(state, now);
            for (int second = 1; second <= 15; second += 2) {
                now = now.plusSeconds(2);
                ThermostatState known =
                        controller().absorb(well.state(), measured(ClimateSettings.LOCAL, 20, now), now);
                ThermostatInput other = new RemoteTemperature("other", Celsius.of(20), Duration.ZERO);
                well = controller().decide(controller().absorb(known, other, now), now);
            }

            assertThat(published(well, CommonTopics.FAULT))
                    .as("seed %d", seed)
                    .matches("none|no-response|no-response-latched");
        }
    }

    private void checkRunning(HeatOrCool kind, ThermostatState state, Instant now, String where) {
        if (onSince.putIfAbsent(kind, now) == null) {
            periods.merge(kind, 1, Integer::sum);
            require(
                    !now.isBefore(offSince.get(kind).plus(MIN_OFF)),
                    "rules 4 and 9, a pause after a period or a boot",
                    where);
            require(!now.isBefore(offSince.get(kind.other()).plus(DEAD_TIME)), "rule 1, dead time", where);
        }
        require(
                measuredAtBySource.values().stream().anyMatch(at -> now.isBefore(at.plus(STALE))),
                "rule 2, a fresh reading",
                where);
        require(!state.climate().heatingResponse().latched(), "rule 3, not latched", where);
        boolean frost = kind == HeatOrCool.HEAT && newest.values().stream().anyMatch(degrees -> degrees < FROST_ENDS);
        require(mode.allows(kind) || frost, "rule 3, the mode allows it", where);
        require(now.isBefore(onSince.get(kind).plus(MAX_ON)), "rule 5, no longer than max-on", where);
        newest.forEach((name, degrees) -> {
            if (now.isBefore(measuredAtBySource.get(name).plus(STALE))) {
                require(kind == HeatOrCool.HEAT ? degrees < 26 : degrees > 15, "rule 6, absolute limits", where);
            }
        });
    }

    @Override
    protected void afterAllRuns() {
        assertThat(periods.get(HeatOrCool.HEAT)).isGreaterThan(RUNS * 3 / 10);
        assertThat(periods.get(HeatOrCool.COOL)).isGreaterThan(RUNS * 3 / 10);
    }

    private ThermostatInput measured(String source, double degrees, Instant now) {
        remember(source, degrees, now);
        return new Sensed(new Reading.Measured(Celsius.of(degrees)));
    }

    private ThermostatInput remoteTemperature(Random random, Instant now) {
        Duration age = Duration.ofSeconds(random.nextInt(40));
        Instant before = measuredAtBySource.getOrDefault("other", Instant.MIN);
        if (!now.minus(age).isBefore(before)) { // A reading older than the latest does not count.
            remember("other", room, now.minus(age));
        }
        return new RemoteTemperature("other", Celsius.of(room), age);
    }

    private void remember(String source, double degrees, Instant measuredAt) {
        if (degrees > 60 || degrees < -30) {
            measuredAtBySource.remove(source);
            newest.remove(source);
        } else {
            measuredAtBySource.put(source, measuredAt);
            newest.put(source, degrees);
        }
    }

    private ThermostatInput modeSet(Random random) {
        mode = Mode.values()[random.nextInt(4)];
        resultsExpected++;
        return new ModeSet(new Command<>("mode/set", "", mode, Instant.MAX));
    }

    /** Each command gets one result; a repeat with the same content gets none. */
    private <T> Command<T> command(String name, Random random, T value, Instant now) {
        Command<T> command = new Command<>(name, id(random), value, expiresAt(random, now));
        String before = command.hasId() ? commands.putIfAbsent(command.id(), command.content()) : null;
        resultsExpected += command.content().equals(before) ? 0 : 1;
        return command;
    }

    private static Celsius target(Random random) {
        return Celsius.of(10 + random.nextInt(41) / 2.0);
    }

    private static String id(Random random) {
        return random.nextBoolean() ? "" : "id" + random.nextInt(100);
    }

    private static Instant expiresAt(Random random, Instant now) {
        return random.nextInt(10) == 0 ? now : now.plusSeconds(60);
    }

    private static Map<HeatOrCool, Boolean> drives(Decision<ThermostatState> decision) {
        Map<HeatOrCool, Boolean> on = new EnumMap<>(HeatOrCool.class);
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Drive drive) {
                on.put(drive.output().equals("heat") ? HeatOrCool.HEAT : HeatOrCool.COOL, drive.on());
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
