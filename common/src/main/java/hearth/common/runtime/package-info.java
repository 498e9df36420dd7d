/** The shell around a controller: the loop, the clock, timers, the launcher. */
@NullMarked
package hearth.common.runtime;

import org.jspecify.annotations.NullMarked;
