package hearth.thermostat;

import hearth.common.core.CommandLog;
import hearth.common.core.StorageStatus;

/** All a thermostat knows: its own sensor, its relays, the commands it was given, its memory. */
record ThermostatState(SensorState sensor, ClimateState climate, CommandLog commandLog, StorageStatus storage) {

    ThermostatState with(SensorState sensor) {
        return new ThermostatState(sensor, climate, commandLog, storage);
    }

    ThermostatState with(ClimateState airco) {
        return new ThermostatState(sensor, airco, commandLog, storage);
    }

    ThermostatState with(CommandLog commandLog) {
        return new ThermostatState(sensor, climate, commandLog, storage);
    }

    ThermostatState with(StorageStatus storage) {
        return new ThermostatState(sensor, climate, commandLog, storage);
    }
}
