package hearth.thermostat;

import hearth.common.message.FaultCode;

/** Causes for a DS18B20 to give no temperature. */
final class W1Faults {

    static final FaultCode MISSING = new FaultCode(
            "sensor-missing",
            "there is no DS18B20 on the 1-Wire bus, or not the one in `sensor.address`",
            "check its three wires and the resistor; `ls /sys/bus/w1/devices` lists the sensors that answer");

    static final FaultCode AMBIGUOUS = new FaultCode(
            "sensor-ambiguous",
            "there are several sensors, and `sensor.address` does not select one",
            "set `sensor.address` to one of them; the journal names them");

    static final FaultCode NO_DATA = new FaultCode(
            "sensor-no-data",
            "the sensor does not answer, or noise disturbs each attempt of the kernel",
            "check for a loose wire; keep the cable short and away from mains cables");

    static final FaultCode SHORT = new FaultCode(
            "sensor-short",
            "the data line is shorted to ground: all bytes are zero, which other programs read as 0 °C",
            "find the place where data and ground touch: in a plug, in a wet cable");

    static final FaultCode CHECKSUM =
            new FaultCode("sensor-checksum", "the kernel found a wrong checksum", "as for `sensor-no-data`");

    static final FaultCode POWER_ON_RESET = new FaultCode(
            "sensor-power-on-reset",
            "the sensor gives 85 °C, its value before the first measurement: it lost its power",
            "check its supply and its ground; use three wires, not two");

    static final FaultCode POWER = new FaultCode(
            "sensor-power",
            "the sensor gives 127.94 °C: it has too little power to measure",
            "as for `sensor-power-on-reset`");

    static final FaultCode RANGE = new FaultCode(
            "sensor-range",
            "the reading is outside the range of a DS18B20, -55 to 125 °C",
            "replace the sensor; if a new sensor gives the same fault, replace the cable");

    static final FaultCode GARBLED = new FaultCode(
            "sensor-garbled",
            "the file of the sensor in `/sys/bus/w1/devices` has no reading in the usual format",
            "the journal has the beginning of the file; restart the Pi, then replace the sensor");

    static final FaultCode UNREADABLE = new FaultCode(
            "sensor-unreadable",
            "the file of the sensor in `/sys/bus/w1/devices` cannot be read",
            "the journal has the cause");

    private W1Faults() {}
}
