package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedSensing;
import hearth.proving.journal.JournalEvent;

/**
 * Checks that a published temperature is fresh, equals the measurement, is plausible, and has a message expiry no later
 * than it becomes stale. This matters when the sensor begins to fail.
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

    PublishedTemperatureChecker(String node, ExpectedSensing sensing, FindingsRecorder findings) {
        this.node = node;
        this.topic = node + "/temperature";
        this.sensing = sensing;
        this.findings = findings;
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
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().equals(topic)) {
            onPublished(now, message);
        }
    }

    private void onPublished(long now, JournalEvent.MessagePublished message) {
        double celsius = PayloadParser.number(message.payload());
        long staleMs = sensing.staleAfter().toMillis();
        if (now - measuredAt >= staleMs) {
            reportViolation(now, message, "the sensor has measured nothing for " + staleMs / 1000 + " s");
        } else if (!(Math.abs(celsius - measuredC) <= ROUNDING_C)) {
            reportViolation(now, message, "the measurement is " + measuredC + " °C");
        } else if (!isPlausible(celsius)) {
            reportViolation(now, message, "that is not plausible");
        } else if (message.expiresAtMs() > measuredAt + staleMs) {
            reportViolation(now, message, "its message expiry is later than it becomes stale");
        }
    }

    private boolean isPlausible(double celsius) {
        return celsius >= sensing.plausibleMinC() && celsius <= sensing.plausibleMaxC();
    }

    private void reportViolation(long now, JournalEvent.MessagePublished message, String why) {
        findings.broken(SafetyRule.FRESH_READINGS, now, node, "publishes " + message.payload() + " °C, but " + why);
    }
}
