package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The trips and commands that were delivered to the coffee machine: the causes for which it may brew. */
final class BrewCauses {

    static final String BREW = "coffee/brew/set";

    static final String APPROACH = "car/approach";
    private static final String CANCEL = "coffee/cancel/set";
    private static final int MAX_KEPT = 256;

    /** A car that is later than this is no longer expected. */
    private static final long MAX_LATENESS_MS = Duration.ofMinutes(10).toMillis();

    private final Map<String, DeliveredTrip> trips = new LinkedHashMap<>();
    private final Deque<ReceivedCommand> commands = new ArrayDeque<>();

    /** The trip that was received last and is not cancelled; empty for none. */
    private String awaitedTrip = "";

    /**
     * The received messages of one trip.
     *
     * @param endsAt        until then the machine may wait for the car
     * @param cancelledAt   {@link EventObserver#NEVER} if the trip was not cancelled, or was announced again
     * @param sinceBoot     whether a message of it has arrived since the last boot
     * @param brewCancelled whether a command has cancelled this brew
     */
    private record DeliveredTrip(long endsAt, long cancelledAt, boolean sinceBoot, boolean brewCancelled) {

        boolean isAwaited(long now) {
            return sinceBoot && !brewCancelled && cancelledAt == EventObserver.NEVER && now < endsAt;
        }
    }

    /** Forgets the messages from before the boot. @return whether a car without a brew was expected */
    boolean boot(long now, RecentIds brewed) {
        boolean waiting = trips.entrySet().stream()
                .anyMatch(trip -> trip.getValue().isAwaited(now) && !brewed.contains(BrewCause.TRIP + trip.getKey()));
        trips.replaceAll((id, trip) -> new DeliveredTrip(trip.endsAt, trip.cancelledAt, false, trip.brewCancelled));
        commands.clear();
        awaitedTrip = "";
        return waiting;
    }

    void receive(long now, JournalEvent.MessageReceived received) {
        if (received.topic().equals(APPROACH)) {
            onApproach(now, received);
        } else if (received.topic().equals(BREW) && ReceivedCommand.isCommand(received)) {
            commands.add(ReceivedCommand.of(now, received));
            if (commands.size() > MAX_KEPT) {
                commands.remove();
            }
        } else if (received.topic().equals(CANCEL) && ReceivedCommand.isCommand(received)) {
            ReceivedCommand cancel = ReceivedCommand.of(now, received);
            if (cancel.mayAct(now) && cancel.isValidValue()) {
                trips.computeIfPresent(
                        awaitedTrip,
                        (id, trip) -> new DeliveredTrip(trip.endsAt, trip.cancelledAt, trip.sinceBoot, true));
            }
        }
    }

    /** A retained message counts only if its age is known. */
    private void onApproach(long now, JournalEvent.MessageReceived received) {
        boolean aged = received.remainingS() >= 0 && received.lifetimeS() >= received.remainingS();
        Map<String, PayloadParser.JsonField> fields = PayloadParser.fields(received.payload());
        String id = fields.getOrDefault("trip", PayloadParser.JsonField.ABSENT).text();
        if (!PayloadParser.isId(id) || (received.retained() && !aged)) {
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
            long ageMs = aged ? (received.lifetimeS() - received.remainingS()) * 1000 : 0;
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

    /** Checks the cause that the machine has saved. */
    BrewCause causeOf(long now, String key) {
        if (key.startsWith(BrewCause.TRIP)) {
            return tripCause(now, key);
        }
        boolean plain = key.startsWith(BrewCause.PLAIN);
        String id = plain ? "" : key.substring(Math.min(key.length(), BrewCause.COMMAND.length()));
        Map<Boolean, ReceivedCommand> found = new HashMap<>();
        for (ReceivedCommand command : commands) {
            if (command.id().equals(id)) {
                found.putIfAbsent(command.mayAct(now), command);
            }
        }
        ReceivedCommand allowed = found.get(true);
        if (allowed != null) {
            commands.remove(allowed);
            return BrewCause.allowed(key);
        }
        ReceivedCommand rejected = found.get(false);
        return rejected == null
                ? BrewCause.forbidden(key, "no such command was delivered after the boot", SafetyRule.NO_DOUBLE_BREW)
                : BrewCause.forbidden(
                        key, "the command " + rejected.rejectionReason(now), SafetyRule.VALID_COMMANDS_ONLY);
    }

    private BrewCause tripCause(long now, String key) {
        DeliveredTrip trip = trips.get(key.substring(BrewCause.TRIP.length()));
        if (trip == null) {
            return BrewCause.forbidden(key, "no such trip was delivered", SafetyRule.NO_DOUBLE_BREW);
        }
        if (!trip.sinceBoot) {
            return BrewCause.forbidden(key, "the trip was delivered only before the boot", SafetyRule.NO_BREW_RESUMED);
        }
        if (trip.brewCancelled) {
            return BrewCause.forbidden(key, "the brew was cancelled", SafetyRule.NO_DOUBLE_BREW);
        }
        if (trip.cancelledAt < now) {
            return BrewCause.forbidden(key, "the trip was cancelled", SafetyRule.NO_DOUBLE_BREW);
        }
        return now < trip.endsAt
                ? BrewCause.allowed(key)
                : BrewCause.forbidden(key, "the expected arrival is too long ago", SafetyRule.NO_DOUBLE_BREW);
    }
}
