package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedSensing;
import hearth.proving.journal.JournalEvent;

/**
 * Watches that a temperature is told only while it is fresh, as it was measured, if a room can have it, and with no longer
 * life than it has. It matters where the sensor begins to fail.
 */
final class PublishedTemperatureChecker implements EventObserver {

    private static final double ROUNDING_C = 0.005 + 1e-9;

    private final String node;
    private final String topic;
    private final ExpectedSensing sensing;
    private final FindingsRecorder findings;
    private double measuredC = Double.NaN;
    private long measuredAt = LONG_AGO;
    private boolean failing;

    PublishedTemperatureChecker(String node, ExpectedSensing sensing, FindingsRecorder ledger) {
        this.node = node;
        this.topic = node + "/temperature";
        this.sensing = sensing;
        this.findings = ledger;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.SensorRead read) {
            boolean good =
                    read.celsius().isPresent() && isPlausible(read.celsius().getAsDouble());
            if (!good && !failing) {
                findings.tested(SafetyRule.FRESH_READINGS);
            }
            failing = !good;
            if (read.celsius().isPresent()) {
                measuredC = read.celsius().getAsDouble();
                measuredAt = now;
            }
        } else if (event instanceof JournalEvent.Booted) {
            measuredAt = LONG_AGO;
            failing = false;
        } else if (event instanceof JournalEvent.MessagePublished said
                && said.topic().equals(topic)) {
            onPublished(now, said);
        }
    }

    private void onPublished(long now, JournalEvent.MessagePublished said) {
        double celsius = PayloadParser.number(said.payload());
        long staleMs = sensing.staleAfter().toMillis();
        if (now - measuredAt >= staleMs) {
            reportViolation(now, said, "nothing was measured for " + staleMs / 1000 + " s");
        } else if (!(Math.abs(celsius - measuredC) <= ROUNDING_C)) {
            reportViolation(now, said, "what was measured is " + measuredC);
        } else if (!isPlausible(celsius)) {
            reportViolation(now, said, "no room has that");
        } else if (said.expiresAtMs() > measuredAt + staleMs) {
            reportViolation(now, said, "that will not be true for so long as it says");
        }
    }

    private boolean isPlausible(double celsius) {
        return celsius >= sensing.plausibleMinC() && celsius <= sensing.plausibleMaxC();
    }

    private void reportViolation(long now, JournalEvent.MessagePublished said, String why) {
        findings.broken(SafetyRule.FRESH_READINGS, now, node, "tells " + said.payload() + " °C, and " + why);
    }
}
