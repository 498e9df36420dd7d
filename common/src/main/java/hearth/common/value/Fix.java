package hearth.common.value;

/**
 * A position that a receiver measured.
 *
 * @param errorM the receiver's own estimate of its horizontal error in metres, 95 % of the time as gpsd gives it;
 *     infinite if unknown
 */
public record Fix(Position position, double errorM) {}
