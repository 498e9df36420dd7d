package hearth.thermostat;

import hearth.common.message.FaultCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults of the airco: of heating, cooling and its sources. {@link SensorState} has the faults of the node's own sensor. */
final class ClimateFaults {

    static final FaultCode LATCHED = new FaultCode(
            "no-response-latched",
            "heating did not warm the room three times in a row: all outputs stay off, also after a restart",
            "find the cause (see `no-response`), then send `PRESS` to `<node>/reset/set`");

    static final FaultCode NO_RESPONSE = new FaultCode(
            "no-response",
            "half an hour of heating did not warm the room by 0.5 K; heating pauses for half an hour, then starts again",
            "check whether the heater gets warm: its thermal cut-out, its fuse, the relay. Check for an open window, and"
                    + " that the sensor is still in its place");

    static final FaultCode STILL_RISING = new FaultCode(
            "still-rising",
            "the room got 3 K warmer after heating went off: the contacts of the relay may be welded, or the sun shines"
                    + " in",
            "feel the heater; if it is warm, switch it off at its fuse, because software cannot");

    static final FaultCode STUCK = new FaultCode(
            "sensor-stuck",
            "the sensor gave exactly the same reading during six hours of heating or cooling",
            "warm the sensor with your hand; if the reading does not change, replace the sensor");

    static final FaultCode NO_READING = new FaultCode(
            "no-reading",
            "no temperature from any of `airco.sources` for `sensor.stale-after`: all outputs are off",
            "check `fault` and `status` of the node that measures, and that its name is in `airco.sources`");

    static final FaultCode SOURCE_SILENT = new FaultCode(
            "source-silent",
            "no temperature from one of `airco.sources` for `sensor.stale-after` and five more minutes; the airco uses the"
                    + " other sources",
            "as for `no-reading`");

    static final FaultCode RELAY_HEAT = relay(HeatOrCool.HEAT);
    static final FaultCode RELAY_COOL = relay(HeatOrCool.COOL);

    private ClimateFaults() {}

    /** The faults at present, the strongest first. */
    static List<FaultCode> of(ClimateState state, ClimateSettings settings, Instant now) {
        Optional<RoomTemperature> room = state.room(settings, now);
        boolean implausible = room.isPresent() && !room.get().plausible();
        boolean expected = !now.isBefore(state.sources().bootGraceUntil());
        List<FaultCode> faults = new ArrayList<>();
        addIf(state.heatingResponse().latched(), LATCHED, faults);
        addIf(state.outputs().heat().hasFailedRecently(now), RELAY_HEAT, faults);
        addIf(state.outputs().cool().hasFailedRecently(now), RELAY_COOL, faults);
        addIf(implausible, SensorState.IMPLAUSIBLE, faults);
        addIf(expected && room.isEmpty(), NO_READING, faults);
        addIf(now.isBefore(state.heatingResponse().pauseUntil()), NO_RESPONSE, faults);
        addIf(state.warnings().runaway().stillRising(), STILL_RISING, faults);
        addIf(isAnySensorStuck(state, settings, now), STUCK, faults);
        addIf(state.sources().isAnySilent(settings, now), SOURCE_SILENT, faults);
        return faults;
    }

    private static void addIf(boolean present, FaultCode fault, List<FaultCode> faults) {
        if (present) {
            faults.add(fault);
        }
    }

    /** A source without a fresh reading has another fault. */
    private static boolean isAnySensorStuck(ClimateState state, ClimateSettings settings, Instant now) {
        return state.sources().readings().keySet().stream()
                .anyMatch(source -> state.sources().isFresh(source, settings, now)
                        && state.warnings().stuckSensor().isStuck(source, now));
    }

    private static FaultCode relay(HeatOrCool kind) {
        return new FaultCode(
                "relay-" + kind.output(),
                "the pin of this relay could not be switched on; the output is off, and the node tries again",
                "the journal has the cause");
    }
}
