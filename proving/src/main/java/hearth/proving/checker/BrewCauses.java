package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why the coffee machine may brew: the trips and commands that were delivered to it. */
final class BrewCauses {

    static final String BREW = "coffee/brew/set";

    static final String APPROACH = "car/approach";
    private static final String CANCEL = "coffee/cancel/set";
    private static final int MAX_KEPT = 256;

    /** A car that is so late is not coming, or has come. */
    private static final long MAX_LATENESS_MS = Duration.ofMinutes(10).toMillis();

    private final Map<String, DeliveredTrip> trips = new LinkedHashMap<>();
    private final Deque<ReceivedCommand> commands = new ArrayDeque<>();

    /** The trip that was heard of last and is not called off; empty if none is. */
    private String awaitedTrip = "";

    /**
     * What was heard of a trip.
     *
     * @param endsAt      until then the car may be waited for
     * @param cancelledAt {@link EventObserver#NEVER} if it was not, or came after all
     * @param sinceBoot   whether anything was heard of it since the last boot
     * @param brewCancelled   whether somebody did not want that cup
     */
    private record DeliveredTrip(long endsAt, long cancelledAt, boolean sinceBoot, boolean brewCancelled) {

        boolean isAwaited(long now) {
            return sinceBoot && !brewCancelled && cancelledAt == EventObserver.NEVER && now < endsAt;
        }
    }

    /** All that was heard is of the past now. @return whether a car was on its way that had no brew yet */
    boolean boot(long now, RecentIds brewed) {
        boolean waiting = trips.entrySet().stream()
                .anyMatch(trip -> trip.getValue().isAwaited(now) && !brewed.contains(BrewCause.TRIP + trip.getKey()));
        trips.replaceAll((id, trip) -> new DeliveredTrip(trip.endsAt, trip.cancelledAt, false, trip.brewCancelled));
        commands.clear();
        awaitedTrip = "";
        return waiting;
    }

    void receive(long now, JournalEvent.MessageReceived heard) {
        if (heard.topic().equals(APPROACH)) {
            onApproach(now, heard);
        } else if (heard.topic().equals(BREW) && ReceivedCommand.isCommand(heard)) {
            commands.add(ReceivedCommand.of(now, heard));
            if (commands.size() > MAX_KEPT) {
                commands.remove();
            }
        } else if (heard.topic().equals(CANCEL) && ReceivedCommand.isCommand(heard)) {
            ReceivedCommand cancel = ReceivedCommand.of(now, heard);
            if (cancel.mayAct(now) && cancel.isValidValue()) {
                trips.computeIfPresent(
                        awaitedTrip,
                        (id, trip) -> new DeliveredTrip(trip.endsAt, trip.cancelledAt, trip.sinceBoot, true));
            }
        }
    }

    /** Out of the broker's store it counts only if it says how old it is. */
    private void onApproach(long now, JournalEvent.MessageReceived heard) {
        boolean aged = heard.remainingS() >= 0 && heard.lifetimeS() >= heard.remainingS();
        Map<String, PayloadParser.JsonField> fields = PayloadParser.fields(heard.payload());
        String id = fields.getOrDefault("trip", PayloadParser.JsonField.ABSENT).text();
        if (!PayloadParser.isId(id) || (heard.retained() && !aged)) {
            return;
        }
        DeliveredTrip before =
                trips.getOrDefault(id, new DeliveredTrip(EventObserver.LONG_AGO, EventObserver.NEVER, false, false));
        double etaS = PayloadParser.number(
                fields.getOrDefault("eta_s", PayloadParser.JsonField.ABSENT).text());
        DeliveredTrip after = before;
        if (fields.getOrDefault("called_off", PayloadParser.JsonField.ABSENT)
                .text()
                .equals("true")) {
            after = new DeliveredTrip(before.endsAt, now, before.sinceBoot, before.brewCancelled);
            awaitedTrip = awaitedTrip.equals(id) ? "" : awaitedTrip;
        } else if (!Double.isNaN(etaS)) {
            long ageMs = aged ? (heard.lifetimeS() - heard.remainingS()) * 1000 : 0;
            long overAt = now + (long) (etaS * 1000) - ageMs + MAX_LATENESS_MS;
            after = new DeliveredTrip(Math.max(before.endsAt, overAt), EventObserver.NEVER, true, before.brewCancelled);
            awaitedTrip = id;
        }
        trips.remove(id);
        trips.put(id, after);
        if (trips.size() > MAX_KEPT) {
            trips.remove(trips.keySet().iterator().next());
        }
    }

    /** The machine means to brew for this. */
    BrewCause causeOf(long now, String key) {
        if (key.startsWith(BrewCause.TRIP)) {
            return tripCause(now, key);
        }
        boolean plain = key.startsWith(BrewCause.PLAIN);
        String id = plain ? "" : key.substring(Math.min(key.length(), BrewCause.COMMAND.length()));
        Map<Boolean, ReceivedCommand> found = new HashMap<>();
        for (ReceivedCommand order : commands) {
            if (order.id().equals(id)) {
                found.putIfAbsent(order.mayAct(now), order);
            }
        }
        ReceivedCommand lawful = found.get(true);
        if (lawful != null) {
            commands.remove(lawful);
            return BrewCause.allowed(key);
        }
        ReceivedCommand flawed = found.get(false);
        return flawed == null
                ? BrewCause.forbidden(key, "no such command was delivered since the boot", SafetyRule.NO_DOUBLE_BREW)
                : BrewCause.forbidden(
                        key, "the command " + flawed.rejectionReason(now), SafetyRule.VALID_COMMANDS_ONLY);
    }

    private BrewCause tripCause(long now, String key) {
        DeliveredTrip trip = trips.get(key.substring(BrewCause.TRIP.length()));
        if (trip == null) {
            return BrewCause.forbidden(key, "no such trip was heard of", SafetyRule.NO_DOUBLE_BREW);
        }
        if (!trip.sinceBoot) {
            return BrewCause.forbidden(key, "that was heard before the boot only", SafetyRule.NO_BREW_RESUMED);
        }
        if (trip.brewCancelled) {
            return BrewCause.forbidden(key, "that was cancelled", SafetyRule.NO_DOUBLE_BREW);
        }
        if (trip.cancelledAt < now) {
            return BrewCause.forbidden(key, "that car has turned away", SafetyRule.NO_DOUBLE_BREW);
        }
        return now < trip.endsAt
                ? BrewCause.allowed(key)
                : BrewCause.forbidden(key, "that car was expected long ago", SafetyRule.NO_DOUBLE_BREW);
    }
}
