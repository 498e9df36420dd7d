/** A day in the house, and whether its nodes are at its end what they were before: {@code bin/soak}. */
@NullMarked
package hearth.proving.soak;

import org.jspecify.annotations.NullMarked;
