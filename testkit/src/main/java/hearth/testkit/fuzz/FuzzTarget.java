package hearth.testkit.fuzz;

/** Something that reads what strangers say. */
@FunctionalInterface
public interface FuzzTarget {

    /** @return whether it was understood; a law that does not hold is an {@link AssertionError} */
    boolean read(byte[] input);

    /** What happens between two cases, and is not of the next one's cost. */
    default void beforeEach() {}

    /** What a target asserts: cheap enough for millions. */
    static void require(boolean holds, String property, Object input) {
        if (!holds) {
            throw new AssertionError(property + ": " + input);
        }
    }
}
