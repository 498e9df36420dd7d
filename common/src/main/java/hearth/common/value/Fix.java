package hearth.common.value;

/**
 * Where a receiver believes it is.
 *
 * @param errorM the receiver's own estimate of its horizontal error in metres, 95 % of the time as gpsd gives it;
 *               infinite if it does not say
 */
public record Fix(Position position, double errorM) {}
