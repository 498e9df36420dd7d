package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;

/**
 * Watches the room after heating went off. If the room gets colder, heating is known to be off. If it gets 3 K warmer,
 * the contacts of the relay may be welded.
 *
 * <p>The sun can warm the room too, so this is only a warning. It requires a rise of 3 K within 3 h (1 K per hour, the
 * rate of a heater that works, see {@link HeatingResponse}), to above the target, before the room has cooled by 0.5 K.
 * There is no warning in the first half hour, because radiators still give off heat. While the cool output is on, a fall
 * proves nothing, and the rise before it is kept.
 *
 * @param since       when heating went off; {@link Instant#MIN} if there is nothing to watch
 * @param peak        the highest temperature since then, or since cooling last ended
 * @param risenK      the rise so far, including what cooling has taken away
 * @param stillRising whether the warning is on; until the room gets colder by itself, or heating starts
 */
record RunawayMonitor(Instant since, Celsius peak, double risenK, boolean stillRising) {

    static final RunawayMonitor NONE = new RunawayMonitor(Instant.MIN, Celsius.of(0), 0, false);

    private static final Duration ARMED_AFTER = Duration.ofMinutes(30);
    private static final Duration WATCH_FOR = Duration.ofHours(3);
    private static final double RUNAWAY_RISE_K = 3.0;
    private static final double FALL_K = 0.5;

    static RunawayMonitor start(RoomTemperature room, Instant now) {
        return new RunawayMonitor(now, room.warmestLikely(), 0, false);
    }

    /** Cooling has just stopped. */
    RunawayMonitor afterCooling(RoomTemperature room) {
        return new RunawayMonitor(since, Celsius.colder(peak, room.warmestLikely()), risenK, stillRising);
    }

    RunawayMonitor updated(RoomTemperature room, Celsius target, boolean cooling, Instant now) {
        if (!room.agreed()) {
            return this;
        }
        boolean colder = !cooling && Kelvin.reaches(peak.minusK(room.warmestLikely()), FALL_K);
        boolean ended = !stillRising && now.isAfter(since.plus(WATCH_FOR));
        if (colder || ended) {
            return NONE;
        }
        double risen = risenK + Math.max(0, room.coldestLikely().minusK(peak));
        boolean tooMuch =
                Kelvin.reaches(risen, RUNAWAY_RISE_K) && room.coldestLikely().isAtLeast(target);
        boolean due = !now.isBefore(since.plus(ARMED_AFTER));
        return new RunawayMonitor(
                since, Celsius.warmer(peak, room.coldestLikely()), risen, stillRising || (tooMuch && due));
    }

    /** The rise counts from then on. */
    Instant deadline() {
        return since.plus(ARMED_AFTER);
    }
}
