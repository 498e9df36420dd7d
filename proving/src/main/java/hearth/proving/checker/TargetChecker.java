package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedComfort;
import hearth.proving.journal.JournalEvent;

/** Watches that every target the airco tells is one there may be. */
final class TargetChecker implements EventObserver {

    private static final String COMMAND_TOPIC = "airco/target/set";

    private final ExpectedComfort comfort;
    private final FindingsRecorder findings;
    private String last = "";

    TargetChecker(ExpectedComfort comfort, FindingsRecorder ledger) {
        this.comfort = comfort;
        this.findings = ledger;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.MessageReceived heard
                && heard.topic().equals(COMMAND_TOPIC)
                && ReceivedCommand.isCommand(heard)) {
            if (!ReceivedCommand.of(now, heard).isValidValue()) {
                findings.tested(SafetyRule.TARGET_IN_BOUNDS);
            }
        } else if (event instanceof JournalEvent.MessagePublished said
                && said.topic().equals("airco/target")) {
            if (!said.payload().equals(last)) {
                findings.tested(SafetyRule.TARGET_IN_BOUNDS);
            }
            last = said.payload();
            double target = PayloadParser.number(said.payload());
            double steps = target / comfort.stepC();
            boolean good =
                    target >= comfort.minTargetC() && target <= comfort.maxTargetC() && steps == Math.rint(steps);
            if (!good) { // NaN too.
                findings.broken(
                        SafetyRule.TARGET_IN_BOUNDS, now, ObservedAirco.NODE, "the target is " + said.payload());
            }
        }
    }
}
