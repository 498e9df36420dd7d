package hearth.proving.checker;

import hearth.proving.checker.Expectations.Limits;
import hearth.proving.journal.Event;
import java.util.Locale;

/**
 * Watches that the airco's relays are off when they have to be, and are what it says they are: rules 2, 3, 6 and 8.
 * Frost is the one reason to heat when switched off.
 */
final class StateWatch implements Watch {

    private final Airco airco;
    private final Limits limits;
    private final Ledger ledger;
    private final Spell said;
    private final Spell latched;
    private final Spell noHeat;
    private final Spell noCool;
    private final Spell tooHot;
    private final Spell tooCold;
    private boolean blindTested;
    private boolean blindTold;
    private boolean silenceTold;
    private long blindAt = NEVER;

    StateWatch(Airco airco, Expectations house, Ledger ledger) {
        this.airco = airco;
        this.limits = house.limits();
        this.ledger = ledger;
        this.said = spell(Rule.SAID_IS_DONE);
        this.latched = spell(Rule.OFF_MEANS_OFF);
        this.noHeat = spell(Rule.OFF_MEANS_OFF);
        this.noCool = spell(Rule.OFF_MEANS_OFF);
        this.tooHot = spell(Rule.LIMITS);
        this.tooCold = spell(Rule.LIMITS);
    }

    private Spell spell(Rule rule) {
        return new Spell(rule, Airco.NODE, ledger);
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Booted) {
            ledger.tested(Rule.OFF_MEANS_OFF);
            silenceTold = false;
        }
    }

    @Override
    public void over(long now, long next) {
        if (airco.hasNews(now)) {
            judge(now);
        }
        if (next >= blindAt && !blindTested) {
            blindTested = true;
            ledger.tested(airco.room().everValid() ? Rule.FRESH_READINGS : Rule.OFF_MEANS_OFF);
        }
        if (next > airco.hasSpokenBy() && !airco.hasSpoken() && !silenceTold) {
            silenceTold = true;
            ledger.broken(Rule.SAID_IS_DONE, airco.hasSpokenBy(), Airco.NODE, "it has not said what it is and does");
        }
        if (next > blindAt && !blindTold) {
            blindTold = true;
            boolean ever = airco.room().everValid();
            String what = on() + " is on without a valid reading " + (ever ? "young enough" : "since the boot");
            ledger.broken(ever ? Rule.FRESH_READINGS : Rule.OFF_MEANS_OFF, Math.max(now, blindAt), Airco.NODE, what);
        }
    }

    private void judge(long now) {
        boolean on = airco.heat().on() || airco.cool().on();
        blindAt = on ? Math.max(now, airco.room().validUntil()) : NEVER;
        blindTold &= on;
        blindTested &= on;
        if (airco.hasSpoken()) {
            said(now);
            obeyed(now);
            limited(now);
        }
    }

    private void said(long now) {
        boolean heats = airco.action().equals("heating");
        boolean cools = airco.action().equals("cooling");
        boolean other = heats != airco.heat().on() || cools != airco.cool().on();
        said.is(now, heats || cools || other, other, () -> "it says " + airco.action() + " while " + on() + " is on");
    }

    private void obeyed(long now) {
        boolean heats = airco.heat().on();
        boolean cools = airco.cool().on();
        boolean faulty = airco.fault().equals(Airco.LATCHED);
        latched.is(now, faulty, heats || cools, () -> on() + " is on with a latched fault");
        boolean heatless = !airco.allows(true);
        noHeat.is(now, heatless, heats && !mayBeFrost(now), () -> "heat is on in mode " + airco.mode());
        noCool.is(now, !airco.allows(false), cools, () -> "cool is on in mode " + airco.mode());
    }

    private boolean mayBeFrost(long now) {
        Room room = airco.room();
        return room.isBlind(now) || !airco.isPastFrost(room.first(now).newestC());
    }

    private void limited(long now) {
        Room room = airco.room();
        boolean known = !room.isBlind(now);
        double hottest = room.hottestC(now);
        double coldest = room.coldestC(now);
        boolean hot = known && hottest >= limits.absoluteMaxC();
        boolean cold = known && coldest <= limits.absoluteMinC();
        tooHot.is(now, hot, airco.heat().on(), () -> String.format(Locale.ROOT, "heat is on at %.2f °C", hottest));
        tooCold.is(now, cold, airco.cool().on(), () -> String.format(Locale.ROOT, "cool is on at %.2f °C", coldest));
    }

    private String on() {
        return airco.heat().on()
                ? airco.cool().on() ? "everything" : "heat"
                : airco.cool().on() ? "cool" : "nothing";
    }
}
