package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;

/**
 * Watches what the airco tells of its own doubts: a latched fault stays, over a power cut too, until somebody lawfully
 * resets it; a sensor that is silent or never changes is told no longer than it is.
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
            ObservedAirco airco, SettingChecker.ActedCommandIds acted, SurvivingState notes, FindingsRecorder ledger) {
        this.airco = airco;
        this.actedIds = acted;
        this.savedState = notes;
        this.findings = ledger;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.Booted) {
            latchedSince = latchedSince < savedState.survivesBefore() ? latchedSince : NEVER;
            reported = "";
        } else if (event instanceof JournalEvent.MessageReceived heard
                && heard.topic().equals(RESET)
                && ReceivedCommand.isCommand(heard)) {
            ReceivedCommand order = ReceivedCommand.of(now, heard);
            reset |= order.mayAct(now) && order.isValidValue() && !actedIds.has(order.id());
        } else if (event instanceof JournalEvent.MessagePublished said
                && said.topic().equals("airco/fault")) {
            reported(now, said.payload());
        }
    }

    private void reported(long now, String fault) {
        boolean latched = fault.equals(ObservedAirco.LATCHED);
        if (latchedSince != NEVER && !latched && !reset) {
            violation(now, "tells " + fault + ", and nobody has reset the latched fault");
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
        boolean well = reported.equals(SILENT)
                ? airco.room().remote().isFresh(now) && airco.room().local().isFresh(now)
                : hasChanged(airco.room().remote(), remoteC, now)
                        && hasChanged(airco.room().local(), localC, now);
        healthySince = well ? Math.min(healthySince, now) : NEVER;
        boolean overdue = well
                && next > healthySince + CLEAR_WITHIN_MS
                && airco.room().unchangedUntil(now) > healthySince + CLEAR_WITHIN_MS;
        if (overdue && !violation) {
            violation = true;
            violation(
                    healthySince + CLEAR_WITHIN_MS,
                    "still tells " + reported + ", which is over since " + healthySince / 1000);
        }
    }

    private static boolean hasChanged(ObservedSensor source, double fromC, long now) {
        return !source.isFresh(now) || source.newestC() != fromC;
    }

    private void violation(long now, String what) {
        findings.broken(SafetyRule.FAULTS_CLEAR, now, ObservedAirco.NODE, what);
    }
}
