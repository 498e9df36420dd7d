package hearth.proving.checker;

import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why the coffee machine may brew: the trips and commands that were delivered to it. */
final class Reasons {

    static final String BREW = "coffee/brew/set";

    static final String APPROACH = "car/approach";
    private static final String CANCEL = "coffee/cancel/set";
    private static final int MOST = 256;

    /** A car that is so late is not coming, or has come. */
    private static final long PATIENCE_MS = Duration.ofMinutes(10).toMillis();

    private final Map<String, Trip> trips = new LinkedHashMap<>();
    private final Deque<Order> orders = new ArrayDeque<>();

    /** The trip that was heard of last and is not called off; empty if none is. */
    private String awaited = "";

    /**
     * What was heard of a trip.
     *
     * @param overAt      until then the car may be waited for
     * @param calledOffAt {@link Watch#NEVER} if it was not, or came after all
     * @param sinceBoot   whether anything was heard of it since the last boot
     * @param cancelled   whether somebody did not want that cup
     */
    private record Trip(long overAt, long calledOffAt, boolean sinceBoot, boolean cancelled) {

        boolean isAwaited(long now) {
            return sinceBoot && !cancelled && calledOffAt == Watch.NEVER && now < overAt;
        }
    }

    /** All that was heard is of the past now. @return whether a car was on its way that had no brew yet */
    boolean boot(long now, Ids brewed) {
        boolean waiting = trips.entrySet().stream()
                .anyMatch(trip -> trip.getValue().isAwaited(now) && !brewed.contains(Claim.TRIP + trip.getKey()));
        trips.replaceAll((id, trip) -> new Trip(trip.overAt, trip.calledOffAt, false, trip.cancelled));
        orders.clear();
        awaited = "";
        return waiting;
    }

    void hear(long now, Event.Heard heard) {
        if (heard.topic().equals(APPROACH)) {
            approach(now, heard);
        } else if (heard.topic().equals(BREW) && Order.isOne(heard)) {
            orders.add(Order.of(now, heard));
            if (orders.size() > MOST) {
                orders.remove();
            }
        } else if (heard.topic().equals(CANCEL) && Order.isOne(heard)) {
            Order cancel = Order.of(now, heard);
            if (cancel.mayAct(now) && cancel.isSensible()) {
                trips.computeIfPresent(
                        awaited, (id, trip) -> new Trip(trip.overAt, trip.calledOffAt, trip.sinceBoot, true));
            }
        }
    }

    /** Out of the broker's store it counts only if it says how old it is. */
    private void approach(long now, Event.Heard heard) {
        boolean aged = heard.leftS() >= 0 && heard.lifetimeS() >= heard.leftS();
        Map<String, Words.Field> fields = Words.fields(heard.payload());
        String id = fields.getOrDefault("trip", Words.Field.ABSENT).text();
        if (!Words.isId(id) || (heard.retained() && !aged)) {
            return;
        }
        Trip before = trips.getOrDefault(id, new Trip(Watch.LONG_AGO, Watch.NEVER, false, false));
        double etaS =
                Words.number(fields.getOrDefault("eta_s", Words.Field.ABSENT).text());
        Trip after = before;
        if (fields.getOrDefault("called_off", Words.Field.ABSENT).text().equals("true")) {
            after = new Trip(before.overAt, now, before.sinceBoot, before.cancelled);
            awaited = awaited.equals(id) ? "" : awaited;
        } else if (!Double.isNaN(etaS)) {
            long ageMs = aged ? (heard.lifetimeS() - heard.leftS()) * 1000 : 0;
            long overAt = now + (long) (etaS * 1000) - ageMs + PATIENCE_MS;
            after = new Trip(Math.max(before.overAt, overAt), Watch.NEVER, true, before.cancelled);
            awaited = id;
        }
        trips.remove(id);
        trips.put(id, after);
        if (trips.size() > MOST) {
            trips.remove(trips.keySet().iterator().next());
        }
    }

    /** The machine means to brew for this. */
    Claim claimed(long now, String key) {
        if (key.startsWith(Claim.TRIP)) {
            return trip(now, key);
        }
        boolean plain = key.startsWith(Claim.PLAIN);
        String id = plain ? "" : key.substring(Math.min(key.length(), Claim.COMMAND.length()));
        Map<Boolean, Order> found = new HashMap<>();
        for (Order order : orders) {
            if (order.id().equals(id)) {
                found.putIfAbsent(order.mayAct(now), order);
            }
        }
        Order lawful = found.get(true);
        if (lawful != null) {
            orders.remove(lawful);
            return Claim.lawful(key);
        }
        Order flawed = found.get(false);
        return flawed == null
                ? Claim.flawed(key, "no such command was delivered since the boot", Rule.ONE_BREW)
                : Claim.flawed(key, "the command " + flawed.flaw(now), Rule.LAWFUL_COMMANDS);
    }

    private Claim trip(long now, String key) {
        Trip trip = trips.get(key.substring(Claim.TRIP.length()));
        if (trip == null) {
            return Claim.flawed(key, "no such trip was heard of", Rule.ONE_BREW);
        }
        if (!trip.sinceBoot) {
            return Claim.flawed(key, "that was heard before the boot only", Rule.NOTHING_RESUMED);
        }
        if (trip.cancelled) {
            return Claim.flawed(key, "that was cancelled", Rule.ONE_BREW);
        }
        if (trip.calledOffAt < now) {
            return Claim.flawed(key, "that car has turned away", Rule.ONE_BREW);
        }
        return now < trip.overAt
                ? Claim.lawful(key)
                : Claim.flawed(key, "that car was expected long ago", Rule.ONE_BREW);
    }
}
