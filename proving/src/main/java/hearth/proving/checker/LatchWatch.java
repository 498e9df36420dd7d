package hearth.proving.checker;

import hearth.proving.journal.Event;
import java.time.Duration;

/**
 * Watches what the airco tells of its own doubts: a latched fault stays, over a power cut too, until somebody lawfully
 * resets it; a sensor that is silent or never changes is told no longer than it is.
 */
final class LatchWatch implements Watch {

    private static final String RESET = "airco/reset/set";
    private static final String SILENT = "source-silent";
    private static final String STUCK = "sensor-stuck";
    private static final long HEALED_MS = Duration.ofSeconds(15).toMillis();

    private final Airco airco;
    private final SettingWatch.Acted acted;
    private final Notes notes;
    private final Ledger ledger;
    private String told = "";
    private long latchedSince = NEVER;
    private boolean reset;
    private double remoteC;
    private double localC;
    private long wellSince = NEVER;
    private boolean broken;

    LatchWatch(Airco airco, SettingWatch.Acted acted, Notes notes, Ledger ledger) {
        this.airco = airco;
        this.acted = acted;
        this.notes = notes;
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Booted) {
            latchedSince = latchedSince < notes.known() ? latchedSince : NEVER;
            told = "";
        } else if (event instanceof Event.Heard heard && heard.topic().equals(RESET) && Order.isOne(heard)) {
            Order order = Order.of(now, heard);
            reset |= order.mayAct(now) && order.isSensible() && !acted.has(order.id());
        } else if (event instanceof Event.Said said && said.topic().equals("airco/fault")) {
            told(now, said.payload());
        }
    }

    private void told(long now, String fault) {
        boolean latched = fault.equals(Airco.LATCHED);
        if (latchedSince != NEVER && !latched && !reset) {
            broken(now, "tells " + fault + ", and nobody has reset the latched fault");
        }
        if (latched && latchedSince == NEVER) {
            ledger.tested(Rule.HEALS);
            latchedSince = now;
        }
        latchedSince = latched ? latchedSince : NEVER;
        reset &= latched;
        if (!fault.equals(told)) {
            told = fault;
            wellSince = NEVER;
            broken = false;
            remoteC = airco.room().remote().newestC();
            localC = airco.room().local().newestC();
            if (fault.equals(SILENT) || fault.equals(STUCK)) {
                ledger.tested(Rule.HEALS);
            }
        }
    }

    @Override
    public void over(long now, long next) {
        if (!told.equals(SILENT) && !told.equals(STUCK)) {
            return;
        }
        boolean well = told.equals(SILENT)
                ? airco.room().remote().isFresh(now) && airco.room().local().isFresh(now)
                : hasMoved(airco.room().remote(), remoteC, now)
                        && hasMoved(airco.room().local(), localC, now);
        wellSince = well ? Math.min(wellSince, now) : NEVER;
        boolean overdue = well && next > wellSince + HEALED_MS && airco.room().sameUntil(now) > wellSince + HEALED_MS;
        if (overdue && !broken) {
            broken = true;
            broken(wellSince + HEALED_MS, "still tells " + told + ", which is over since " + wellSince / 1000);
        }
    }

    private static boolean hasMoved(Source source, double fromC, long now) {
        return !source.isFresh(now) || source.newestC() != fromC;
    }

    private void broken(long now, String what) {
        ledger.broken(Rule.HEALS, now, Airco.NODE, what);
    }
}
