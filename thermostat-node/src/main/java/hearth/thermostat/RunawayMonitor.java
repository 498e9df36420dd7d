package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;

/**
 * What the room does once its heating is off. Sooner or later it gets colder, and then heating is known to be off. If it
 * gets three kelvin warmer instead the relay's contacts may have welded.
 *
 * <p>The sun may do it too, so this only warns. It would have to begin as heating ends, before the room has cooled by
 * half a kelvin, and keep up a kelvin an hour, the pace at which a heater is of use (see {@link HeatingResponse}): three kelvin
 * within three hours, and above the target. In the first half hour nothing is said, as radiators give off what they
 * hold. While the other side cools, getting colder tells nothing: what the room had risen by before is kept.
 *
 * @param since  when heating went off; {@link Instant#MIN} while there is nothing to watch
 * @param peak   the warmest since, or since cooling last ended
 * @param risenK how much warmer it got, what was cooled away included
 * @param stillRising whether that was too much; until it gets colder by itself, or heats again
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

    /** The other side has just stopped. */
    RunawayMonitor afterCooling(RoomTemperature room) {
        return new RunawayMonitor(since, Celsius.colder(peak, room.warmestLikely()), risenK, stillRising);
    }

    RunawayMonitor updated(RoomTemperature room, Celsius target, boolean cooling, Instant now) {
        if (!room.agreed()) {
            return this;
        }
        boolean colder = !cooling && Kelvin.reaches(peak.minusK(room.warmestLikely()), FALL_K);
        boolean over = !stillRising && now.isAfter(since.plus(WATCH_FOR));
        if (colder || over) {
            return NONE;
        }
        double risen = risenK + Math.max(0, room.coldestLikely().minusK(peak));
        boolean tooMuch =
                Kelvin.reaches(risen, RUNAWAY_RISE_K) && room.coldestLikely().isAtLeast(target);
        boolean due = !now.isBefore(since.plus(ARMED_AFTER));
        return new RunawayMonitor(
                since, Celsius.warmer(peak, room.coldestLikely()), risen, stillRising || (tooMuch && due));
    }

    /** When what was seen begins to count. */
    Instant deadline() {
        return since.plus(ARMED_AFTER);
    }
}
