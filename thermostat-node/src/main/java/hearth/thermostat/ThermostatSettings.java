package hearth.thermostat;

import hearth.common.settings.Settings;
import hearth.thermostat.history.HistorySettings;

/**
 * The settings of a thermostat node. It controls the room if it has a relay. It reads its own sensor if that is one of
 * the airco's sources, or if it has no relay.
 */
record ThermostatSettings(SensorSettings sensor, HistorySettings history, ClimateSettings climate) {

    static ThermostatSettings read(Settings settings) {
        SensorSettings sensor = SensorSettings.read(settings);
        return new ThermostatSettings(
                sensor, HistorySettings.read(settings), ClimateSettings.read(settings, sensor.staleAfter()));
    }

    boolean hasSensor() {
        return !climate.hasRelay() || climate.sources().contains(ClimateSettings.LOCAL);
    }

    boolean hasRelay() {
        return climate.hasRelay();
    }
}
