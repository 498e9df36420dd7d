/** A consumer of what nodes remember: it writes it down, and says so. */
@NullMarked
package hearth.simulator.history;

import org.jspecify.annotations.NullMarked;
