package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedComfort;
import hearth.proving.journal.JournalEvent;

/** Checks that every target that the airco publishes is allowed. */
final class TargetChecker implements EventObserver {

    private static final String COMMAND_TOPIC = "airco/target/set";

    private final ExpectedComfort comfort;
    private final FindingsRecorder findings;
    private String last = "";

    TargetChecker(ExpectedComfort comfort, FindingsRecorder findings) {
        this.comfort = comfort;
        this.findings = findings;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.MessageReceived received
                && received.topic().equals(COMMAND_TOPIC)
                && ReceivedCommand.isCommand(received)) {
            if (!ReceivedCommand.of(now, received).isValidValue()) {
                findings.tested(SafetyRule.TARGET_IN_BOUNDS);
            }
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().equals("airco/target")) {
            if (!message.payload().equals(last)) {
                findings.tested(SafetyRule.TARGET_IN_BOUNDS);
            }
            last = message.payload();
            double target = PayloadParser.number(message.payload());
            double steps = target / comfort.stepC();
            boolean good =
                    target >= comfort.minTargetC() && target <= comfort.maxTargetC() && steps == Math.rint(steps);
            if (!good) { // NaN too.
                findings.broken(
                        SafetyRule.TARGET_IN_BOUNDS, now, ObservedAirco.NODE, "the target is " + message.payload());
            }
        }
    }
}
