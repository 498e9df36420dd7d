package hearth.proving.checker;

import hearth.proving.checker.Expectations.Cycles;
import hearth.proving.checker.Expectations.Limits;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches that one side does its work: goes on when the room asks for it and nothing stands in the way, and off when the
 * target is reached. The thresholds are exact, and so is what it has to wait for: its own rest and the dead time. It may
 * rest longer for a fault that it tells, and only while it does.
 */
final class BandWatch implements Watch {

    private static final long AT_ONCE_MS = Duration.ofSeconds(1).toMillis();

    private final Airco airco;
    private final boolean heating;
    private final Relay relay;
    private final Relay other;
    private final Cycles cycles;
    private final Limits limits;
    private final Ledger ledger;
    private final String name;

    /** What the room asks for, and a rule forbids: with these it is counted how often the rules are put to the test. */
    private final Spell lone;

    private final Spell apart;
    private final Spell rest;
    private final Spell often;

    /** Since when the room has asked for it without a break; {@link #NEVER} if it does not. */
    private long askedSince = NEVER;

    private boolean frost;
    private boolean onTold;
    private boolean offTold;
    private long offDue = NEVER;
    private long onDue = NEVER;
    private long sameUntil = NEVER;
    private double celsius;

    BandWatch(Airco airco, boolean heating, Expectations house, Ledger ledger) {
        this.airco = airco;
        this.heating = heating;
        this.relay = heating ? airco.heat() : airco.cool();
        this.other = heating ? airco.cool() : airco.heat();
        this.cycles = house.cycles();
        this.limits = house.limits();
        this.ledger = ledger;
        this.name = heating ? "heat" : "cool";
        this.lone = new Spell(Rule.FRESH_READINGS, Airco.NODE, ledger);
        this.apart = new Spell(Rule.NEVER_BOTH, Airco.NODE, ledger);
        this.rest = new Spell(Rule.REST, Airco.NODE, ledger);
        this.often = new Spell(Rule.SWITCHINGS, Airco.NODE, ledger);
    }

    @Override
    public void over(long now, long next) {
        if (airco.hasNews(now)) {
            judge(now);
        }
        if (next > onDue && onDue < sameUntil && !onTold) {
            onTold = true;
            broken(frost ? Rule.LIMITS : Rule.BAND, onDue, "still off", "has asked for it since " + askedSince / 1000);
        }
        if (next > offDue && offDue < sameUntil && !offTold) {
            offTold = true;
            broken(Rule.BAND, offDue, "still on", "target " + airco.wantedC(heating));
        }
        if (next > sameUntil) {
            askedSince = NEVER;
            onDue = NEVER;
        }
    }

    private void judge(long now) {
        Room room = airco.room();
        boolean known = airco.hasSpoken() && !room.isBlind(now) && room.isPlausible(now);
        sameUntil = known ? room.sameUntil(now) : NEVER;
        celsius =
                known ? (heating ? room.first(now).warmestC() : room.first(now).coldestC()) : Double.NaN;
        if (known && relay.on() && isEnough()) {
            long shortest = relay.since() + cycles.minOn().toMillis();
            if (offDue == NEVER) {
                ledger.tested(now < shortest ? Rule.SWITCHINGS : Rule.BAND);
            }
            offDue = Math.max(now, shortest);
        } else {
            offDue = NEVER;
            offTold = false;
        }
        boolean asks = known && !relay.on() && airco.isHealthy() && isAskedFor(room, now);
        boolean agreed = room.isAgreed(now);
        lone.is(now, asks && !agreed, false, () -> "");
        apart.is(now, asks && agreed && (other.on() || now < apartAt()), false, () -> "");
        rest.is(now, asks && agreed && now < ownRestOver(), false, () -> "");
        often.is(now, asks && agreed && now < ownRestOver(), false, () -> "");
        if (asks && agreed && !other.on()) {
            if (askedSince == NEVER) {
                ledger.tested(frost ? Rule.LIMITS : Rule.BAND);
                askedSince = now;
            }
            onDue = Math.max(askedSince, Math.max(ownRestOver(), apartAt())) + AT_ONCE_MS;
        } else {
            askedSince = NEVER;
            onDue = NEVER;
            onTold = false;
        }
    }

    private boolean isEnough() {
        double wanted = airco.wantedC(heating);
        return heating
                ? celsius >= wanted - Airco.ROUNDING_K && airco.isPastFrost(celsius)
                : celsius <= wanted + Airco.ROUNDING_K;
    }

    private boolean isAskedFor(Room room, long now) {
        double begins = airco.beginsC(heating);
        if (heating) {
            frost = airco.isFrost(celsius);
            boolean asks = frost || (airco.allows(true) && celsius <= begins + Airco.ROUNDING_K);
            return asks && room.hottestC(now) < limits.absoluteMaxC();
        }
        return airco.allows(false)
                && celsius >= begins - Airco.ROUNDING_K
                && airco.isPastFrost(room.first(now).warmestC())
                && room.coldestC(now) > limits.absoluteMinC();
    }

    private long ownRestOver() {
        boolean exhausted = relay.lastRunMs() >= cycles.maxOn().toMillis();
        return relay.restsSince() + (exhausted ? cycles.restAfterMaxOn() : cycles.minOff()).toMillis();
    }

    private long apartAt() {
        return other.restsSince() + cycles.deadTime().toMillis();
    }

    private void broken(Rule rule, long now, String state, String why) {
        String what = String.format(Locale.ROOT, "%s is %s at %.4f °C: %s", name, state, celsius, why);
        ledger.broken(rule, now, Airco.NODE, what);
    }
}
