package hearth.thermostat;

import hearth.common.core.Boot;
import hearth.common.core.CommandLog;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.core.EffectReport;
import hearth.common.core.StorageStatus;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result.Outcome;
import hearth.common.value.Reading;
import hearth.thermostat.ThermostatInput.ModeSet;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.RemoteTemperature;
import hearth.thermostat.ThermostatInput.Reported;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Sensed;
import hearth.thermostat.ThermostatInput.TargetSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Keeps a room at its temperature: tells the house what the sensor measures, and has {@link ClimateControl} decide for the
 * relays. Either half may be absent.
 */
final class Thermostat implements Controller<ThermostatState, ThermostatInput> {

    private final ThermostatSettings settings;
    private final ClimateControl climate;

    Thermostat(ThermostatSettings settings) {
        this.settings = settings;
        this.climate = new ClimateControl(settings.climate());
    }

    @Override
    public ThermostatState start(Instant now, Boot boot) {
        SavedClimateState notes = SavedClimateState.of(boot.savedState(), settings.climate());
        return new ThermostatState(
                SensorState.atBoot(now),
                climate.atBoot(now, notes.target(), notes.mode(), notes.preset(), notes.latched()),
                CommandLog.of(boot.savedState()),
                StorageStatus.atBoot(boot));
    }

    @Override
    public ThermostatState absorb(ThermostatState state, ThermostatInput input, Instant now) {
        if (input instanceof Sensed sensed) {
            return readingTaken(state, sensed.reading(), now);
        } else if (input instanceof RemoteTemperature heard) {
            return temperatureReceived(state, heard, now);
        } else if (input instanceof TargetSet set) {
            return applyCommand(
                    state,
                    set.command(),
                    now,
                    airco -> airco.withTarget(set.command().value()));
        } else if (input instanceof ModeSet set) {
            return modeSet(state, set.command(), now);
        } else if (input instanceof PresetSet set) {
            return applyCommand(
                    state,
                    set.command(),
                    now,
                    airco -> airco.withPreset(set.command().value()));
        } else if (input instanceof Reset reset) {
            return reset(state, reset.command(), now);
        }
        return reported(state, ((Reported) input).report(), now);
    }

    @Override
    public Decision<ThermostatState> decide(ThermostatState before, Instant now) {
        ThermostatState state = before.with(climate.updated(before.climate(), now));
        List<Effect> effects = new ArrayList<>(state.sensor().effects(settings.sensor(), now));
        Stream<Instant> deadlines = state.sensor().deadlines(settings.sensor()).stream();
        if (settings.hasRelay()) {
            effects.addAll(climateEffects(state));
            deadlines = Stream.concat(deadlines, climate.deadlines(state.climate()).stream());
        }
        effects.add(Publish.of(CommonTopics.FAULT, fault(state, now)));
        effects.addAll(state.commandLog().pendingResults());
        return new Decision<>(state, effects, Deadlines.next(now, deadlines));
    }

    private List<Effect> climateEffects(ThermostatState state) {
        List<Effect> effects = new ArrayList<>();
        for (HeatOrCool side : settings.climate().relays().keySet()) {
            effects.add(new Effect.Drive(side.output(), state.climate().isOn(side)));
        }
        effects.add(Publish.of(ClimateTopics.TARGET, state.climate().target()));
        effects.add(Publish.of(ClimateTopics.MODE, state.climate().mode()));
        effects.add(Publish.of(ClimateTopics.PRESET, state.climate().preset()));
        effects.add(Publish.of(ClimateTopics.ACTION, climate.action(state.climate())));
        effects.add(Publish.of(Reason.TOPIC, state.climate().reason()));
        effects.add(SavedClimateState.of(state.climate()).toSaveState(state.commandLog(), settings.climate()));
        return effects;
    }

    /** The strongest there is. What stops the relays comes before what only worries. */
    private String fault(ThermostatState state, Instant now) {
        List<String> faults = new ArrayList<>();
        if (settings.hasSensor()) {
            String fault = state.sensor().fault(settings.sensor(), now);
            if (!fault.equals(CommonTopics.NO_FAULT)) {
                faults.add(fault);
            }
        }
        if (settings.hasRelay()) {
            climate.faults(state.climate(), now).forEach(fault -> faults.add(fault.code()));
        }
        faults.addAll(state.storage().faults());
        String latched = ClimateFaults.LATCHED.code();
        return faults.contains(latched) ? latched : faults.stream().findFirst().orElse(CommonTopics.NO_FAULT);
    }

    private ThermostatState readingTaken(ThermostatState state, Reading reading, Instant now) {
        ThermostatState known = state.with(state.sensor().withReading(reading, settings.sensor(), now));
        return reading instanceof Reading.Measured measured
                ? temperatureReceived(
                        known, new RemoteTemperature(ClimateSettings.LOCAL, measured.temperature(), Duration.ZERO), now)
                : known;
    }

    private ThermostatState temperatureReceived(ThermostatState state, RemoteTemperature heard, Instant now) {
        boolean plausible = settings.sensor().isPlausible(heard.temperature());
        Instant measuredAt = now.minus(heard.age());
        return state.with(
                climate.withReading(state.climate(), heard.node(), heard.temperature(), plausible, measuredAt));
    }

    private static ThermostatState reset(ThermostatState state, Command<Press> command, Instant now) {
        ThermostatState known = applyCommand(
                state,
                command,
                now,
                airco -> airco.withHeatingResponse(airco.heatingResponse().cleared()));
        boolean turnedAway =
                state.commandLog().rejectRepeatedOrExpired(command, now).isPresent();
        return turnedAway ? known : known.with(state.storage().acknowledged());
    }

    private ThermostatState modeSet(ThermostatState state, Command<Mode> command, Instant now) {
        Mode mode = command.value();
        for (HeatOrCool side : HeatOrCool.values()) {
            if (mode.allows(side) && !settings.climate().has(side)) {
                Optional<CommandLog> turnedAway = state.commandLog().rejectRepeatedOrExpired(command, now);
                return state.with(turnedAway.orElseGet(() -> state.commandLog()
                        .withCommand(command)
                        .withResult(
                                command, Outcome.REJECTED, "there is no relay to " + side.output() + " with", now)));
            }
        }
        return applyCommand(state, command, now, airco -> airco.withMode(mode));
    }

    private static ThermostatState applyCommand(
            ThermostatState state, Command<?> command, Instant now, UnaryOperator<ClimateState> change) {
        Optional<CommandLog> turnedAway = state.commandLog().rejectRepeatedOrExpired(command, now);
        return turnedAway.isPresent()
                ? state.with(turnedAway.get())
                : state.with(change.apply(state.climate()))
                        .with(state.commandLog().withCommand(command).withResult(command, Outcome.DONE, "", now));
    }

    private ThermostatState reported(ThermostatState state, EffectReport report, Instant now) {
        ThermostatState known = state.with(state.storage().after(report));
        if (report instanceof EffectReport.Settled settled) {
            return known.with(known.commandLog().withoutResult(settled.announcement()));
        }
        if (report instanceof EffectReport.DriveFailed failed) {
            for (HeatOrCool side : HeatOrCool.values()) {
                if (side.output().equals(failed.output())) {
                    return known.with(climate.relayFailed(known.climate(), side, now));
                }
            }
        }
        return known;
    }
}
