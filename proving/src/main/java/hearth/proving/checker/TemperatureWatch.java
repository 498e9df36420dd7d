package hearth.proving.checker;

import hearth.proving.checker.Expectations.Sensing;
import hearth.proving.journal.Event;

/**
 * Watches that a temperature is told only while it is fresh, as it was measured, if a room can have it, and with no longer
 * life than it has. It matters where the sensor begins to fail.
 */
final class TemperatureWatch implements Watch {

    private static final double ROUNDING_C = 0.005 + 1e-9;

    private final String node;
    private final String topic;
    private final Sensing sensing;
    private final Ledger ledger;
    private double measuredC = Double.NaN;
    private long measuredAt = LONG_AGO;
    private boolean failing;

    TemperatureWatch(String node, Sensing sensing, Ledger ledger) {
        this.node = node;
        this.topic = node + "/temperature";
        this.sensing = sensing;
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Read read) {
            boolean good =
                    read.celsius().isPresent() && isPlausible(read.celsius().getAsDouble());
            if (!good && !failing) {
                ledger.tested(Rule.FRESH_READINGS);
            }
            failing = !good;
            if (read.celsius().isPresent()) {
                measuredC = read.celsius().getAsDouble();
                measuredAt = now;
            }
        } else if (event instanceof Event.Booted) {
            measuredAt = LONG_AGO;
            failing = false;
        } else if (event instanceof Event.Said said && said.topic().equals(topic)) {
            told(now, said);
        }
    }

    private void told(long now, Event.Said said) {
        double celsius = Words.number(said.payload());
        long staleMs = sensing.staleAfter().toMillis();
        if (now - measuredAt >= staleMs) {
            broken(now, said, "nothing was measured for " + staleMs / 1000 + " s");
        } else if (!(Math.abs(celsius - measuredC) <= ROUNDING_C)) {
            broken(now, said, "what was measured is " + measuredC);
        } else if (!isPlausible(celsius)) {
            broken(now, said, "no room has that");
        } else if (said.untilMs() > measuredAt + staleMs) {
            broken(now, said, "that will not be true for so long as it says");
        }
    }

    private boolean isPlausible(double celsius) {
        return celsius >= sensing.plausibleMinC() && celsius <= sensing.plausibleMaxC();
    }

    private void broken(long now, Event.Said said, String why) {
        ledger.broken(Rule.FRESH_READINGS, now, node, "tells " + said.payload() + " °C, and " + why);
    }
}
