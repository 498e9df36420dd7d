package hearth.thermostat;

import hearth.common.history.HistorySettings;
import hearth.common.settings.Settings;

/**
 * What a thermostat is told. It regulates if it has a relay; it senses if its own sensor is one of the sources, or if
 * sensing is all it does.
 */
record ThermostatSettings(SensorSettings sensor, HistorySettings history, AircoSettings airco) {

    static ThermostatSettings read(Settings settings) {
        SensorSettings sensor = SensorSettings.read(settings);
        return new ThermostatSettings(
                sensor, HistorySettings.read(settings), AircoSettings.read(settings, sensor.staleAfter()));
    }

    boolean senses() {
        return !airco.regulates() || airco.sources().contains(AircoSettings.LOCAL);
    }

    boolean regulates() {
        return airco.regulates();
    }
}
