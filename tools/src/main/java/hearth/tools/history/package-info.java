/** A consumer of what nodes remember: it writes it down, and says so. */
@NullMarked
package hearth.tools.history;

import org.jspecify.annotations.NullMarked;
