package hearth.valve;

import hearth.common.core.Boot;
import hearth.common.core.CommonState;
import hearth.common.core.Controller;
import hearth.common.core.Deadlines;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.Effect.Publish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Opens the valve on command and at a time of day.
 *
 * <ol>
 *   <li>It closes after {@code valve.open-for}, on command, and when the soil is wet.
 *   <li>It does not open while the soil is wet, or before the moisture contact was read.
 *   <li>After a restart it is closed.
 * </ol>
 */
final class Valve implements Controller<ValveState, ValveInput> {

    static final String OUTPUT = "valve";

    private final ValveSettings settings;

    Valve(ValveSettings settings) {
        this.settings = settings;
    }

    @Override
    public ValveState start(Instant now, Boot boot) {
        Soil soil = settings.moisture().isPresent() ? Soil.UNKNOWN : Soil.DRY;
        return new ValveState(now, now, soil, ValveState.NO_TIME, CommonState.atBoot(boot));
    }

    @Override
    public ValveState absorb(ValveState state, ValveInput input, Instant now) {
        return input.applyTo(state, now, settings);
    }

    @Override
    public Decision<ValveState> decide(ValveState state, Instant now) {
        boolean open = state.isOpen(now);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Drive(OUTPUT, open));
        effects.add(Publish.of(ValveTopics.POSITION, open ? Position.OPEN : Position.CLOSED));
        effects.add(Publish.of(ValveTopics.SOIL, state.soil()));
        effects.add(CommonState.publishStrongest(faults(state, now)));
        effects.add(state.common().saveState(Map.of()));
        effects.addAll(state.common().pendingResults());
        return new Decision<>(state, effects, Deadlines.next(now, Stream.of(state.openUntil(), state.failedUntil())));
    }

    private static List<String> faults(ValveState state, Instant now) {
        List<String> faults = new ArrayList<>();
        if (now.isBefore(state.failedUntil())) {
            faults.add(ValveTopics.RELAY_FAULT.code());
        }
        faults.addAll(state.common().faults());
        return faults;
    }

    /** Published on {@code position}. */
    enum Position {
        OPEN,
        CLOSED
    }

    /** Published on {@code soil}. */
    enum Soil {
        DRY,
        WET,
        /** The moisture contact was not read since the start. */
        UNKNOWN
    }
}
