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
 * @param heatingResponse     whether heating has been of any use lately
 * @param warnings     what worries about sensors and relays
 * @param reason     why it does what it does
 * @param bootGraceUntil before this nobody can expect a reading: just after a boot
 */
record ClimateState(
        Celsius target,
        Mode mode,
        Preset preset,
        Map<String, SourceReading> sources,
        Outputs outputs,
        HeatingResponse heatingResponse,
        Warnings warnings,
        Reason reason,
        Instant bootGraceUntil) {

    ClimateState {
        sources = Map.copyOf(sources);
    }

    ClimateState withTarget(Celsius target) {
        return new ClimateState(
                target, mode, preset, sources, outputs, heatingResponse, warnings, reason, bootGraceUntil);
    }

    ClimateState withMode(Mode mode) {
        return new ClimateState(
                target, mode, preset, sources, outputs, heatingResponse, warnings, reason, bootGraceUntil);
    }

    ClimateState withPreset(Preset preset) {
        return new ClimateState(
                target, mode, preset, sources, outputs, heatingResponse, warnings, reason, bootGraceUntil);
    }

    ClimateState withHeatingResponse(HeatingResponse effort) {
        return new ClimateState(target, mode, preset, sources, outputs, effort, warnings, reason, bootGraceUntil);
    }

    ClimateState withWarnings(Warnings doubts) {
        return new ClimateState(
                target, mode, preset, sources, outputs, heatingResponse, doubts, reason, bootGraceUntil);
    }

    ClimateState withReason(Reason reason) {
        return new ClimateState(
                target, mode, preset, sources, outputs, heatingResponse, warnings, reason, bootGraceUntil);
    }

    ClimateState with(HeatOrCool side, Output output) {
        return new ClimateState(
                target,
                mode,
                preset,
                sources,
                outputs.with(side, output),
                heatingResponse,
                warnings,
                reason,
                bootGraceUntil);
    }

    ClimateState with(String name, SourceReading source) {
        Map<String, SourceReading> next = new LinkedHashMap<>(sources);
        next.put(name, source);
        return new ClimateState(target, mode, preset, next, outputs, heatingResponse, warnings, reason, bootGraceUntil);
    }

    Output output(HeatOrCool side) {
        return outputs.of(side);
    }

    boolean isOn(HeatOrCool side) {
        return output(side).on();
    }
}
