package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;

/**
 * Checks the warnings and the latched fault of the airco: a latched fault stays until a valid reset, also after a power
 * cut; a warning about a silent or stuck sensor ends with its cause.
 */
final class LatchedFaultChecker implements EventObserver {

    private static final String RESET = "airco/reset/set";
    private static final String SILENT = "source-silent";
    private static final String STUCK = "sensor-stuck";
    private static final long CLEAR_WITHIN_MS = Duration.ofSeconds(15).toMillis();

    private final ObservedAirco airco;
    private final SettingChecker.ActedCommandIds actedIds;
    private final SurvivingState savedState;
    private final FindingsRecorder findings;
    private String reported = "";
    private long latchedSince = NEVER;
    private boolean reset;
    private double remoteC;
    private double localC;
    private long healthySince = NEVER;
    private boolean violation;

    LatchedFaultChecker(
            ObservedAirco airco,
            SettingChecker.ActedCommandIds actedIds,
            SurvivingState savedState,
            FindingsRecorder findings) {
        this.airco = airco;
        this.actedIds = actedIds;
        this.savedState = savedState;
        this.findings = findings;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.Booted) {
            latchedSince = latchedSince < savedState.survivesBefore() ? latchedSince : NEVER;
            reported = "";
        } else if (event instanceof JournalEvent.MessageReceived received
                && received.topic().equals(RESET)
                && ReceivedCommand.isCommand(received)) {
            ReceivedCommand command = ReceivedCommand.of(now, received);
            reset |= command.mayAct(now) && command.isValidValue() && !actedIds.has(command.id());
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().equals("airco/fault")) {
            reported(now, message.payload());
        }
    }

    private void reported(long now, String fault) {
        boolean latched = fault.equals(ObservedAirco.LATCHED);
        if (latchedSince != NEVER && !latched && !reset) {
            violation(now, "publishes the fault " + fault + ", but the latched fault was not reset");
        }
        if (latched && latchedSince == NEVER) {
            findings.tested(SafetyRule.FAULTS_CLEAR);
            latchedSince = now;
        }
        latchedSince = latched ? latchedSince : NEVER;
        reset &= latched;
        if (!fault.equals(reported)) {
            reported = fault;
            healthySince = NEVER;
            violation = false;
            remoteC = airco.room().remote().newestC();
            localC = airco.room().local().newestC();
            if (fault.equals(SILENT) || fault.equals(STUCK)) {
                findings.tested(SafetyRule.FAULTS_CLEAR);
            }
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (!reported.equals(SILENT) && !reported.equals(STUCK)) {
            return;
        }
        boolean healthy = reported.equals(SILENT)
                ? airco.room().remote().isFresh(now) && airco.room().local().isFresh(now)
                : hasChanged(airco.room().remote(), remoteC, now)
                        && hasChanged(airco.room().local(), localC, now);
        healthySince = healthy ? Math.min(healthySince, now) : NEVER;
        boolean overdue = healthy
                && next > healthySince + CLEAR_WITHIN_MS
                && airco.room().unchangedUntil(now) > healthySince + CLEAR_WITHIN_MS;
        if (overdue && !violation) {
            violation = true;
            violation(
                    healthySince + CLEAR_WITHIN_MS,
                    "still publishes the fault " + reported + ", whose cause ended at " + healthySince / 1000 + " s");
        }
    }

    private static boolean hasChanged(ObservedSensor source, double fromC, long now) {
        return !source.isFresh(now) || source.newestC() != fromC;
    }

    private void violation(long now, String what) {
        findings.broken(SafetyRule.FAULTS_CLEAR, now, ObservedAirco.NODE, what);
    }
}
