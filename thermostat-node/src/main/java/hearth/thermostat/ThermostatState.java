package hearth.thermostat;

import hearth.common.core.Docket;
import hearth.common.core.Memory;

/** All a thermostat knows: its own sensor, its relays, the commands it was given, its memory. */
record ThermostatState(SensorState sensor, AircoState airco, Docket docket, Memory memory) {

    ThermostatState with(SensorState sensor) {
        return new ThermostatState(sensor, airco, docket, memory);
    }

    ThermostatState with(AircoState airco) {
        return new ThermostatState(sensor, airco, docket, memory);
    }

    ThermostatState with(Docket docket) {
        return new ThermostatState(sensor, airco, docket, memory);
    }

    ThermostatState with(Memory memory) {
        return new ThermostatState(sensor, airco, docket, memory);
    }
}
