package hearth.testkit.fuzz;

/** A reader of untrusted input. */
@FunctionalInterface
public interface FuzzTarget {

    /** @return whether the input was accepted; throws {@link AssertionError} if a property does not hold */
    boolean read(byte[] input);

    /** Called between two inputs; its time does not count. */
    default void beforeEach() {}

    /** An assertion that is cheap enough for millions of calls. */
    static void require(boolean holds, String property, Object input) {
        if (!holds) {
            throw new AssertionError(property + ": " + input);
        }
    }
}
