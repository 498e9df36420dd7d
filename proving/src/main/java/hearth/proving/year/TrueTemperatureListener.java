package hearth.proving.year;

import java.time.Duration;

/** Looks at the house as it truly is, whatever a sensor says. */
@FunctionalInterface
public interface TrueTemperatureListener {

    void onTemperatures(Duration at, double roomC, double outsideC);
}
