package hearth.proving.checker;

import hearth.proving.checker.Expectations.Cycles;
import hearth.proving.checker.Relay.Change;
import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches one of the airco's two relays.
 *
 * <p>That it went on puts no rule to the test but the band: the others count where somebody asks for what they forbid.
 *
 * <ol>
 *   <li>Rule 1: never on with the other, and the dead time after it.
 *   <li>Rule 2: a lone outlier switches nothing on. Band: nothing goes on that the room does not ask for.
 *   <li>Rule 4: it rests between runs and after a boot.
 *   <li>Rule 5: on no longer than it may be, and then ten minutes' rest.
 *   <li>Rule 9: so many runs an hour as the rests leave room for, and none shorter than it may be without a cause.
 * </ol>
 */
final class RelayWatch implements Watch {

    private static final String LONE = "for a lone outlier";
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final Airco airco;
    private final boolean heating;
    private final Relay relay;
    private final Relay other;
    private final Cycles cycles;
    private final Expectations house;
    private final Ledger ledger;
    private final String name;

    /** When it went on the last few times, in a ring: as often as it can in an hour. */
    private final long[] begins;

    private int beginsCount;
    private boolean exhausted;
    private boolean tooLongTold;
    private boolean wentOff;
    private String unasked = "";

    RelayWatch(Airco airco, boolean heating, Expectations house, Ledger ledger) {
        this.airco = airco;
        this.heating = heating;
        this.relay = heating ? airco.heat() : airco.cool();
        this.other = heating ? airco.cool() : airco.heat();
        this.cycles = house.cycles();
        this.house = house;
        this.ledger = ledger;
        this.name = heating ? "heat" : "cool";
        this.begins = new long[(int) (HOUR_MS / Math.max(1, cycles.minOff().toMillis()))];
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Booted) {
            exhausted = false;
        } else if (event instanceof Event.Driven driven) {
            Change change = relay.driven(now, driven);
            if (change == Change.WENT_ON) {
                wentOn(now);
            } else if (change == Change.WENT_OFF) {
                wentOff = true;
            }
        }
    }

    private void wentOn(long now) {
        tooLongTold = false;
        if (other.since() > (beginsCount > 0 ? begins[(beginsCount - 1) % begins.length] : LONG_AGO)) {
            ledger.tested(Rule.NEVER_BOTH); // It was the other's turn.
        }
        if (other.on()) {
            broken(Rule.NEVER_BOTH, now, name + " went on while the other was on");
        } else {
            rested(Rule.NEVER_BOTH, now, now - other.restsSince(), cycles.deadTime(), "after the other");
        }
        rested(Rule.REST, now, now - relay.restsSince(), cycles.minOff(), "after it was last off");
        if (exhausted) {
            rested(Rule.MAX_ON, now, now - relay.restsSince(), cycles.restAfterMaxOn(), "after its longest run");
            exhausted = false;
        }
        counted(now);
        ledger.tested(Rule.BAND);
        unasked = why(now);
    }

    private void rested(Rule rule, long now, long restMs, Duration rest, String after) {
        if (restMs < rest.toMillis()) {
            broken(rule, now, name + " went on " + restMs / 1000.0 + " s " + after + ", not " + rest.toSeconds());
        }
    }

    private void counted(long now) {
        int place = beginsCount % begins.length;
        if (beginsCount >= begins.length && now - begins[place] < HOUR_MS) {
            broken(Rule.SWITCHINGS, now, name + " went on " + (begins.length + 1) + " times within an hour");
        }
        begins[place] = now;
        beginsCount++;
    }

    /** Why it should not have gone on; empty if it should, or if that cannot be told from outside. */
    private String why(long now) {
        Room room = airco.room();
        if (!airco.hasSpoken() || room.isBlind(now)) {
            return "";
        }
        if (!room.isAgreed(now)) {
            return LONE;
        }
        Source source = room.first(now);
        double begins = airco.beginsC(heating);
        double celsius = heating ? source.warmestC() : source.coldestC();
        boolean beyond = heating ? celsius <= begins + Airco.ROUNDING_K : celsius >= begins - Airco.ROUNDING_K;
        if ((airco.allows(heating) && beyond) || (heating && airco.isFrost(celsius))) {
            return "";
        }
        return String.format(
                Locale.ROOT, "at %.4f °C in mode %s, %s begins at %.4f", celsius, airco.mode(), name, begins);
    }

    @Override
    public void over(long now, long next) {
        if (!unasked.isEmpty()) {
            unasked = why(now); // It is driven first and told then what it was set to.
        }
        if (!unasked.isEmpty()) {
            boolean outlier = unasked.equals(LONE);
            broken(outlier ? Rule.FRESH_READINGS : Rule.BAND, now, name + " went on " + unasked);
            unasked = "";
        }
        if (wentOff) {
            wentOff = false;
            ran(now);
        }
        long tooLongAt = relay.since() + cycles.maxOn().toMillis();
        if (relay.on() && next > tooLongAt && !tooLongTold) {
            tooLongTold = true;
            broken(
                    Rule.MAX_ON,
                    tooLongAt,
                    name + " is still on after " + cycles.maxOn().toMinutes() + " min");
        }
    }

    private void ran(long now) {
        if (relay.lastRunMs() >= cycles.maxOn().toMillis()) {
            ledger.tested(Rule.MAX_ON);
            exhausted = !hadCause(now);
        }
        if (relay.lastRunMs() < cycles.minOn().toMillis()) {
            if (!hadCause(now)) {
                broken(
                        Rule.SWITCHINGS,
                        now,
                        name + " was on for " + relay.lastRunMs() / 1000.0 + " s, not "
                                + cycles.minOn().toSeconds());
            }
        }
    }

    /** Whether something else than the target, or its longest run, may have ended the run. */
    private boolean hadCause(long now) {
        Room room = airco.room();
        if (!airco.isPowered()
                || airco.isStirred()
                || !airco.allows(heating) // It ran against frost: when that is over, rule 3 wants it off at once.
                || !airco.isHealthy()
                || room.isBlind(now)
                || !room.isPlausible(now)) {
            return true;
        }
        return heating
                ? room.hottestC(now) >= house.limits().absoluteMaxC()
                : room.coldestC(now) <= house.limits().absoluteMinC()
                        || !airco.isPastFrost(room.first(now).warmestC());
    }

    private void broken(Rule rule, long now, String what) {
        ledger.broken(rule, now, Airco.NODE, what);
    }
}
