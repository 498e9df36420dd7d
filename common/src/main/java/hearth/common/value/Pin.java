package hearth.common.value;

/**
 * A GPIO pin from the settings.
 *
 * @param number    BCM number: GPIO17 is 17
 * @param activeLow whether 0 V means on
 */
public record Pin(int number, boolean activeLow) {}
