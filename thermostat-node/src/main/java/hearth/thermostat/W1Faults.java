package hearth.thermostat;

import hearth.common.message.FaultCode;

/** Why a DS18B20 has no temperature to say. */
final class W1Faults {

    static final FaultCode MISSING = new FaultCode(
            "sensor-missing",
            "no DS18B20 is on the 1-Wire bus, or not the one of `sensor.address`",
            "look at its three wires and the resistor; `ls /sys/bus/w1/devices` shows who answers");

    static final FaultCode AMBIGUOUS = new FaultCode(
            "sensor-ambiguous",
            "there are several sensors, and the settings do not say which is meant",
            "set `sensor.address` to one of them; the journal names them");

    static final FaultCode NO_DATA = new FaultCode(
            "sensor-no-data",
            "the sensor does not answer, or noise spoils every try of the kernel's",
            "look for a loose wire; keep the cable short, and away from mains");

    static final FaultCode SHORT = new FaultCode(
            "sensor-short",
            "the data line is shorted to ground: all bytes are nought, which others take for 0 °C",
            "look where data and ground touch: in a plug, in a wet cable");

    static final FaultCode CHECKSUM =
            new FaultCode("sensor-checksum", "the kernel saw a wrong checksum", "as for `sensor-no-data`");

    static final FaultCode POWER_ON_RESET = new FaultCode(
            "sensor-power-on-reset",
            "the sensor says 85 °C as it does before it has measured: it lost its power",
            "look at its supply and its ground; use three wires, not two");

    static final FaultCode POWER = new FaultCode(
            "sensor-power",
            "the sensor says 127.94 °C: it has too little power to measure",
            "as for `sensor-power-on-reset`");

    static final FaultCode RANGE = new FaultCode(
            "sensor-range",
            "a number that no DS18B20 can measure",
            "change the sensor; if another says the same, the cable");

    static final FaultCode GARBLED = new FaultCode(
            "sensor-garbled",
            "what the kernel hands out is no reading",
            "the journal has the beginning of it; start the Pi anew, then change the sensor");

    static final FaultCode UNREADABLE = new FaultCode(
            "sensor-unreadable", "the kernel's file of the sensor cannot be read", "the journal has the cause");

    private W1Faults() {}
}
