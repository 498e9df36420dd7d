package hearth.thermostat;

import hearth.common.core.Boot;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Docket;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.core.Memory;
import hearth.common.core.Report;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.Common;
import hearth.common.message.Result.Outcome;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Keeps a room at its temperature: tells the house what the sensor measures, and has {@link Airco} decide for the
 * relays. Either half may be absent.
 */
final class Thermostat implements Controller<ThermostatState, ThermostatInput> {

    private final ThermostatSettings settings;
    private final Airco airco;

    Thermostat(ThermostatSettings settings) {
        this.settings = settings;
        this.airco = new Airco(settings.airco());
    }

    @Override
    public ThermostatState start(Instant now, Boot boot) {
        AircoNotes notes = AircoNotes.of(boot.remembered(), settings.airco());
        return new ThermostatState(
                SensorState.atBoot(now),
                airco.atBoot(now, notes.target(), notes.mode(), notes.preset(), notes.latched()),
                Docket.of(boot.remembered()),
                Memory.atBoot(boot));
    }

    @Override
    public ThermostatState absorb(ThermostatState state, ThermostatInput input, Instant now) {
        if (input instanceof Sensed sensed) {
            return sensed(state, sensed.reading(), now);
        } else if (input instanceof Heard heard) {
            return heard(state, heard, now);
        } else if (input instanceof TargetSet set) {
            return obey(
                    state,
                    set.command(),
                    now,
                    airco -> airco.withTarget(set.command().value()));
        } else if (input instanceof ModeSet set) {
            return modeSet(state, set.command(), now);
        } else if (input instanceof PresetSet set) {
            return obey(
                    state,
                    set.command(),
                    now,
                    airco -> airco.withPreset(set.command().value()));
        } else if (input instanceof Reset reset) {
            return reset(state, reset.command(), now);
        }
        return told(state, ((Told) input).report(), now);
    }

    @Override
    public Decision<ThermostatState> decide(ThermostatState before, Instant now) {
        ThermostatState state = before.with(airco.decided(before.airco(), now));
        List<Effect> effects = new ArrayList<>(state.sensor().effects(settings.sensor(), now));
        Stream<Instant> deadlines = state.sensor().deadlines(settings.sensor()).stream();
        if (settings.regulates()) {
            effects.addAll(regulation(state));
            deadlines = Stream.concat(deadlines, airco.deadlines(state.airco()).stream());
        }
        effects.add(Publish.of(Common.FAULT, fault(state, now)));
        effects.addAll(state.docket().owed());
        return new Decision<>(state, effects, Deadlines.next(now, deadlines));
    }

    private List<Effect> regulation(ThermostatState state) {
        List<Effect> effects = new ArrayList<>();
        for (Side side : settings.airco().relays().keySet()) {
            effects.add(new Effect.Drive(side.output(), state.airco().isOn(side)));
        }
        effects.add(Publish.of(AircoTopics.TARGET, state.airco().target()));
        effects.add(Publish.of(AircoTopics.MODE, state.airco().mode()));
        effects.add(Publish.of(AircoTopics.PRESET, state.airco().preset()));
        effects.add(Publish.of(AircoTopics.ACTION, airco.action(state.airco())));
        effects.add(Publish.of(Reason.TOPIC, state.airco().reason()));
        effects.add(AircoNotes.of(state.airco()).remembered(state.docket(), settings.airco()));
        return effects;
    }

    /** The strongest there is. What stops the relays comes before what only worries. */
    private String fault(ThermostatState state, Instant now) {
        List<String> faults = new ArrayList<>();
        if (settings.senses()) {
            String fault = state.sensor().fault(settings.sensor(), now);
            if (!fault.equals(Common.NO_FAULT)) {
                faults.add(fault);
            }
        }
        if (settings.regulates()) {
            airco.faults(state.airco(), now).forEach(fault -> faults.add(fault.code()));
        }
        faults.addAll(state.memory().faults());
        String latched = AircoFaults.LATCHED.code();
        return faults.contains(latched) ? latched : faults.stream().findFirst().orElse(Common.NO_FAULT);
    }

    private ThermostatState sensed(ThermostatState state, Reading reading, Instant now) {
        ThermostatState known = state.with(state.sensor().heard(reading, settings.sensor(), now));
        return reading instanceof Reading.Measured measured
                ? heard(known, new Heard(AircoSettings.LOCAL, measured.temperature(), Duration.ZERO), now)
                : known;
    }

    private ThermostatState heard(ThermostatState state, Heard heard, Instant now) {
        boolean plausible = settings.sensor().isPlausible(heard.temperature());
        Instant measuredAt = now.minus(heard.age());
        return state.with(airco.heard(state.airco(), heard.node(), heard.temperature(), plausible, measuredAt));
    }

    private static ThermostatState reset(ThermostatState state, Command<Press> command, Instant now) {
        ThermostatState known = obey(
                state, command, now, airco -> airco.withEffort(airco.effort().forgiven()));
        boolean turnedAway = state.docket().turnedAway(command, now).isPresent();
        return turnedAway ? known : known.with(state.memory().acknowledged());
    }

    private ThermostatState modeSet(ThermostatState state, Command<Mode> command, Instant now) {
        Mode mode = command.value();
        for (Side side : Side.values()) {
            if (mode.allows(side) && !settings.airco().has(side)) {
                Optional<Docket> turnedAway = state.docket().turnedAway(command, now);
                return state.with(turnedAway.orElseGet(() -> state.docket()
                        .with(command)
                        .answered(command, Outcome.REJECTED, "there is no relay to " + side.output() + " with", now)));
            }
        }
        return obey(state, command, now, airco -> airco.withMode(mode));
    }

    private static ThermostatState obey(
            ThermostatState state, Command<?> command, Instant now, UnaryOperator<AircoState> change) {
        Optional<Docket> turnedAway = state.docket().turnedAway(command, now);
        return turnedAway.isPresent()
                ? state.with(turnedAway.get())
                : state.with(change.apply(state.airco()))
                        .with(state.docket().with(command).answered(command, Outcome.DONE, "", now));
    }

    private ThermostatState told(ThermostatState state, Report report, Instant now) {
        ThermostatState known = state.with(state.memory().after(report));
        if (report instanceof Report.Settled settled) {
            return known.with(known.docket().settled(settled.announcement()));
        }
        if (report instanceof Report.DriveFailed failed) {
            for (Side side : Side.values()) {
                if (side.output().equals(failed.output())) {
                    return known.with(airco.failed(known.airco(), side, now));
                }
            }
        }
        return known;
    }
}
