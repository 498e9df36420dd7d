package hearth.simulator.observer;

import hearth.simulator.observer.Expectations.Limits;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches that one side does its work: goes on when the room asks for it and nothing stands in the way, and off when the
 * target is reached. What stands in the way is reckoned generously; the thresholds are exact.
 */
final class BandWatch implements Watch {

    /** After a run, a refusal or a boot: no rest is longer but one after heating that was of no use. */
    private static final long RESTED_MS = Duration.ofMinutes(10).toMillis();

    private static final long RESTED_AFTER_TROUBLE_MS = Duration.ofMinutes(31).toMillis();

    private final Airco airco;
    private final boolean heating;
    private final Relay relay;
    private final Relay other;
    private final long minOnMs;
    private final long graceMs;
    private final Limits limits;
    private final Ledger ledger;
    private final String name;

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
        this.minOnMs = house.cycles().minOn().toMillis();
        this.graceMs = house.sensing().every().plusSeconds(1).toMillis();
        this.limits = house.limits();
        this.ledger = ledger;
        this.name = heating ? "heat" : "cool";
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
        boolean known = airco.hasSpoken() && !room.isBlind(now) && !room.isUnsure(now) && room.isPlausible(now);
        sameUntil = known ? room.sameUntil(now) : NEVER;
        celsius =
                known ? (heating ? room.first(now).warmestC() : room.first(now).coldestC()) : Double.NaN;
        if (known && relay.on() && isEnough()) {
            if (offDue == NEVER) {
                ledger.tested(Rule.BAND);
            }
            offDue = Math.max(now, relay.since() + minOnMs);
        } else {
            offDue = NEVER;
            offTold = false;
        }
        if (known && !relay.on() && !other.on() && airco.isHealthy() && isAskedFor(room, now)) {
            if (askedSince == NEVER) {
                ledger.tested(frost ? Rule.LIMITS : Rule.BAND);
                askedSince = now;
            }
            onDue = Math.max(askedSince, restedAt()) + graceMs;
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
        if (!room.isAgreed(now)) {
            return false;
        }
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

    private long restedAt() {
        long restsSince = Math.max(airco.bootedAt(), Math.max(relay.restsSince(), other.restsSince()));
        boolean troubled = airco.troubledAt() >= restsSince;
        return restsSince + (troubled ? RESTED_AFTER_TROUBLE_MS : RESTED_MS);
    }

    private void broken(Rule rule, long now, String state, String why) {
        String what = String.format(Locale.ROOT, "%s is %s at %.4f °C: %s", name, state, celsius, why);
        ledger.broken(rule, now, Airco.NODE, what);
    }
}
