package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;

/**
 * What the room does once its heating is off. Sooner or later it gets colder, and then heating is known to be off. If it
 * gets three kelvin warmer instead the relay's contacts may have welded.
 *
 * <p>The sun may do it too, so this only warns. It would have to begin as heating ends, before the room has cooled by
 * half a kelvin, and keep up a kelvin an hour, the pace at which a heater is of use (see {@link Effort}): three kelvin
 * within three hours, and above the target. In the first half hour nothing is said, as radiators give off what they
 * hold. While the other side cools, getting colder tells nothing: what the room had risen by before is kept.
 *
 * @param since  when heating went off; {@link Instant#MIN} while there is nothing to watch
 * @param peak   the warmest since, or since cooling last ended
 * @param risenK how much warmer it got, what was cooled away included
 * @param rising whether that was too much; until it gets colder by itself, or heats again
 */
record Afterglow(Instant since, Celsius peak, double risenK, boolean rising) {

    static final Afterglow NONE = new Afterglow(Instant.MIN, Celsius.of(0), 0, false);

    private static final Duration FROM = Duration.ofMinutes(30);
    private static final Duration TO = Duration.ofHours(3);
    private static final double TOO_MUCH_K = 3.0;
    private static final double COLDER_K = 0.5;

    static Afterglow begun(Room room, Instant now) {
        return new Afterglow(now, room.forHeating(), 0, false);
    }

    /** The other side has just stopped. */
    Afterglow cooled(Room room) {
        return new Afterglow(since, Celsius.colder(peak, room.forHeating()), risenK, rising);
    }

    Afterglow seen(Room room, Celsius target, boolean cooling, Instant now) {
        if (!room.agreed()) {
            return this;
        }
        boolean colder = !cooling && Airco.reaches(peak.minusK(room.forHeating()), COLDER_K);
        boolean over = !rising && now.isAfter(since.plus(TO));
        if (colder || over) {
            return NONE;
        }
        double risen = risenK + Math.max(0, room.forCooling().minusK(peak));
        boolean tooMuch = Airco.reaches(risen, TOO_MUCH_K) && room.forCooling().isAtLeast(target);
        boolean due = !now.isBefore(since.plus(FROM));
        return new Afterglow(since, Celsius.warmer(peak, room.forCooling()), risen, rising || (tooMuch && due));
    }

    /** When what was seen begins to count. */
    Instant deadline() {
        return since.plus(FROM);
    }
}
