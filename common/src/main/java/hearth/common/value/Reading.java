package hearth.common.value;

/** A reading of a thermometer. No answer and a wrong answer are readings too, because wires come loose. */
public sealed interface Reading {

    record Measured(Celsius temperature) implements Reading {}

    /**
     * No temperature.
     *
     * @param code   fault code, stable, lower case with hyphens, such as {@code sensor-short}
     * @param detail for the log: what was read and what was expected
     */
    record Failed(String code, String detail) implements Reading {}
}
