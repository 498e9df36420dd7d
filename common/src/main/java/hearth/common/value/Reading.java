package hearth.common.value;

/** What a thermometer said. Silence and nonsense are answers too: a wire comes loose every winter. */
public sealed interface Reading {

    record Measured(Celsius temperature) implements Reading {}

    /**
     * No temperature.
     *
     * @param code   stable, lower case with hyphens, such as {@code sensor-short}; what the house is told
     * @param detail for the log: what was read and what was expected
     */
    record Failed(String code, String detail) implements Reading {}
}
