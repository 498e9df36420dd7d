package hearth.thermostat;

import hearth.common.message.FaultCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be wrong with a room that is heated and cooled. What is wrong with its own sensor the sensor says itself. */
final class ClimateFaults {

    static final FaultCode LATCHED = new FaultCode(
            "no-response-latched",
            "heating was of no use three times: all stays off, also after a restart",
            "find out why (`no-response` says where to look), then say `PRESS` to `<node>/reset/set`");

    static final FaultCode NO_RESPONSE = new FaultCode(
            "no-response",
            "half an hour of heating did not warm the room by half a kelvin; it rests half an hour and tries again",
            "does the heater get warm? Look at its thermal cut-out, its fuse and the relay, at a window, and whether the"
                    + " sensor is where it was");

    static final FaultCode STILL_RISING = new FaultCode(
            "still-rising",
            "the room got three kelvin warmer since heating went off: the relay's contacts may have welded, or the sun"
                    + " shines in",
            "feel the heater. If it is warm switch it off at its fuse: no software can");

    static final FaultCode STUCK = new FaultCode(
            "sensor-stuck",
            "the very same reading through six hours of heating or cooling",
            "warm the sensor with a hand; if it does not notice, change it");

    static final FaultCode NO_READING = new FaultCode(
            "no-reading",
            "none of `airco.sources` has said a temperature for `sensor.stale-after`: all is off",
            "look at the `fault` and the `status` of the node that measures, and whether its name is that in"
                    + " `airco.sources`");

    static final FaultCode SOURCE_SILENT = new FaultCode(
            "source-silent",
            "one of `airco.sources` has been silent for five minutes too long; it goes by the others",
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

    private static FaultCode relay(HeatOrCool side) {
        return new FaultCode(
                "relay-" + side.output(),
                "the pin of that relay could not be switched on; it is off, and tried again",
                "the journal has the cause");
    }
}
