package hearth.proving.checker;

import hearth.proving.checker.Expectations.Comfort;
import hearth.proving.journal.Event;

/** Watches that every target the airco tells is one there may be. */
final class SetPointWatch implements Watch {

    private static final String SET = "airco/target/set";

    private final Comfort comfort;
    private final Ledger ledger;
    private String last = "";

    SetPointWatch(Comfort comfort, Ledger ledger) {
        this.comfort = comfort;
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Heard heard && heard.topic().equals(SET) && Order.isOne(heard)) {
            if (!Order.of(now, heard).isSensible()) {
                ledger.tested(Rule.SET_POINT);
            }
        } else if (event instanceof Event.Said said && said.topic().equals("airco/target")) {
            if (!said.payload().equals(last)) {
                ledger.tested(Rule.SET_POINT);
            }
            last = said.payload();
            double target = Words.number(said.payload());
            double steps = target / comfort.stepC();
            boolean good = target >= comfort.lowestC() && target <= comfort.highestC() && steps == Math.rint(steps);
            if (!good) { // NaN too.
                ledger.broken(Rule.SET_POINT, now, Airco.NODE, "the target is " + said.payload());
            }
        }
    }
}
