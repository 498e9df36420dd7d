package hearth.proving.year;

import java.time.Duration;

/** Looks at the house as it truly is, whatever a sensor says. */
@FunctionalInterface
public interface WorldView {

    void world(Duration at, double roomC, double outsideC);
}
