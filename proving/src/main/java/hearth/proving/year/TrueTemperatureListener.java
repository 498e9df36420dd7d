package hearth.proving.year;

import java.time.Duration;

/** Receives the true temperatures of the house, independent of the sensors. */
@FunctionalInterface
public interface TrueTemperatureListener {

    void onTemperatures(Duration at, double roomC, double outsideC);
}
