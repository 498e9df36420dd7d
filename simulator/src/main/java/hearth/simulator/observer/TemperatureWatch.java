package hearth.simulator.observer;

import hearth.simulator.journal.Event;
import hearth.simulator.observer.Expectations.Sensing;

/** Watches that a temperature is told only while it is fresh, and as it was measured. */
final class TemperatureWatch implements Watch {

    private static final double ROUNDING_C = 0.005 + 1e-9;

    private final String node;
    private final String topic;
    private final long staleMs;
    private final Ledger ledger;
    private double measuredC = Double.NaN;
    private long measuredAt = LONG_AGO;

    TemperatureWatch(String node, Sensing sensing, Ledger ledger) {
        this.node = node;
        this.topic = node + "/temperature";
        this.staleMs = sensing.staleAfter().toMillis();
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Read read && read.celsius().isPresent()) {
            measuredC = read.celsius().getAsDouble();
            measuredAt = now;
        } else if (event instanceof Event.Booted) {
            measuredAt = LONG_AGO;
        } else if (event instanceof Event.Said said && said.topic().equals(topic)) {
            ledger.tested(Rule.FRESH_READINGS);
            if (now - measuredAt >= staleMs) {
                broken(now, said, "nothing was measured for " + staleMs / 1000 + " s");
            } else if (!(Math.abs(Double.parseDouble(said.payload()) - measuredC) <= ROUNDING_C)) {
                broken(now, said, "what was measured is " + measuredC);
            }
        }
    }

    private void broken(long now, Event.Said said, String why) {
        ledger.broken(Rule.FRESH_READINGS, now, node, "tells " + said.payload() + " °C, and " + why);
    }
}
