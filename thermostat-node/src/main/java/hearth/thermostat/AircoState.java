package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All an airco knows.
 *
 * @param sources    what each sensor last said, by its name; those never heard are absent
 * @param outputs    both sides, with a relay or without
 * @param effort     whether heating has been of any use lately
 * @param doubts     what worries about sensors and relays
 * @param reason     why it does what it does
 * @param blindUntil before this nobody can expect a reading: just after a boot
 */
record AircoState(
        Celsius target,
        Mode mode,
        Preset preset,
        Map<String, Source> sources,
        Outputs outputs,
        Effort effort,
        Doubts doubts,
        Reason reason,
        Instant blindUntil) {

    AircoState {
        sources = Map.copyOf(sources);
    }

    AircoState withTarget(Celsius target) {
        return new AircoState(target, mode, preset, sources, outputs, effort, doubts, reason, blindUntil);
    }

    AircoState withMode(Mode mode) {
        return new AircoState(target, mode, preset, sources, outputs, effort, doubts, reason, blindUntil);
    }

    AircoState withPreset(Preset preset) {
        return new AircoState(target, mode, preset, sources, outputs, effort, doubts, reason, blindUntil);
    }

    AircoState withEffort(Effort effort) {
        return new AircoState(target, mode, preset, sources, outputs, effort, doubts, reason, blindUntil);
    }

    AircoState withDoubts(Doubts doubts) {
        return new AircoState(target, mode, preset, sources, outputs, effort, doubts, reason, blindUntil);
    }

    AircoState withReason(Reason reason) {
        return new AircoState(target, mode, preset, sources, outputs, effort, doubts, reason, blindUntil);
    }

    AircoState with(Side side, Output output) {
        return new AircoState(
                target, mode, preset, sources, outputs.with(side, output), effort, doubts, reason, blindUntil);
    }

    AircoState with(String name, Source source) {
        Map<String, Source> next = new LinkedHashMap<>(sources);
        next.put(name, source);
        return new AircoState(target, mode, preset, next, outputs, effort, doubts, reason, blindUntil);
    }

    Output output(Side side) {
        return outputs.of(side);
    }

    boolean isOn(Side side) {
        return output(side).on();
    }
}
