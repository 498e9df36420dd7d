package hearth.thermostat;

import hearth.common.core.Boot;
import hearth.common.core.CommonState;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import hearth.common.message.FaultCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Controls a room's temperature: publishes what its own sensor measures, and switches the relays as {@link
 * ClimateControl} decides. The settings may leave out the sensor or the relays.
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
        SavedClimateState saved = SavedClimateState.read(boot.savedState(), settings.climate());
        return new ThermostatState(
                SensorState.atBoot(now), ClimateState.atBoot(saved, settings.climate(), now), CommonState.atBoot(boot));
    }

    @Override
    public ThermostatState absorb(ThermostatState state, ThermostatInput input, Instant now) {
        return input.applyTo(state, now, settings);
    }

    @Override
    public Decision<ThermostatState> decide(ThermostatState before, Instant now) {
        ThermostatState state = before.with(climate.decided(before.climate(), now));
        List<Effect> effects = new ArrayList<>(state.sensor().effects(settings.sensor(), now));
        Stream<Instant> deadlines = state.sensor().deadlines(settings.sensor());
        if (settings.hasRelay()) {
            effects.addAll(climateEffects(state));
            deadlines = Stream.concat(deadlines, state.climate().deadlines(settings.climate()));
        }
        effects.add(CommonState.publishStrongest(faults(state, now)));
        effects.addAll(state.common().pendingResults());
        return new Decision<>(state, effects, Deadlines.next(now, deadlines));
    }

    private List<Effect> climateEffects(ThermostatState state) {
        ClimateState airco = state.climate();
        List<Effect> effects = new ArrayList<>();
        for (HeatOrCool kind : settings.climate().relays().keySet()) {
            effects.add(new Effect.Drive(kind.output(), airco.isOn(kind)));
        }
        effects.add(Publish.of(ClimateTopics.TARGET, airco.goal().target()));
        effects.add(Publish.of(ClimateTopics.MODE, airco.goal().mode()));
        effects.add(Publish.of(ClimateTopics.PRESET, airco.goal().preset()));
        effects.add(Publish.of(ClimateTopics.ACTION, airco.action()));
        effects.add(Publish.of(Reason.TOPIC, airco.reason()));
        effects.add(state.common().saveState(SavedClimateState.of(airco).toEntries(settings.climate())));
        return effects;
    }

    /** Fault codes, the strongest first: a latched fault, then what keeps the relays off, then warnings. */
    private List<String> faults(ThermostatState state, Instant now) {
        List<String> faults = new ArrayList<>();
        if (settings.hasSensor()) {
            faults.addAll(state.sensor().faults(settings.sensor(), now));
        }
        if (settings.hasRelay()) {
            ClimateFaults.of(state.climate(), settings.climate(), now).stream()
                    .map(FaultCode::code)
                    .forEach(faults::add);
        }
        faults.addAll(state.common().faults());
        String latched = ClimateFaults.LATCHED.code();
        return faults.contains(latched) ? List.of(latched) : faults;
    }
}
