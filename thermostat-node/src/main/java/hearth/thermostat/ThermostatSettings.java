package hearth.thermostat;

import hearth.common.settings.Settings;
import hearth.thermostat.history.HistorySettings;

/**
 * What a thermostat is told. It regulates if it has a relay; it senses if its own sensor is one of the sources, or if
 * sensing is all it does.
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
