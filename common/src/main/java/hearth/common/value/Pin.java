package hearth.common.value;

/**
 * What a settings file says of one pin.
 *
 * @param number    as Broadcom counts: GPIO17 is 17
 * @param activeLow whether 0 V means on
 */
public record Pin(int number, boolean activeLow) {}
