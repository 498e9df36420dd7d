/** A day in the house, and whether its nodes are at its end what they were before: {@code bin/soak}. */
@NullMarked
package hearth.simulator.soak;

import org.jspecify.annotations.NullMarked;
