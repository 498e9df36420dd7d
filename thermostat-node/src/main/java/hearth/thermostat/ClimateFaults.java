package hearth.thermostat;

import hearth.common.message.FaultCode;

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

    static FaultCode relay(HeatOrCool side) {
        return new FaultCode(
                "relay-" + side.output(),
                "the pin of that relay could not be switched on; it is off, and tried again",
                "the journal has the cause");
    }
}
