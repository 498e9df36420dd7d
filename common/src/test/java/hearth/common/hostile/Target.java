package hearth.common.hostile;

/** Something that reads what strangers say. */
@FunctionalInterface
public interface Target {

    /** @return whether it was understood; a law that does not hold is an {@link AssertionError} */
    boolean take(byte[] input);

    /** What happens between two cases, and is not of the next one's cost. */
    default void before() {}

    /** What a target asserts: cheap enough for millions. */
    static void law(boolean holds, String law, Object about) {
        if (!holds) {
            throw new AssertionError(law + ": " + about);
        }
    }
}
