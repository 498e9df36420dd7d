/** What runs a controller: the loop, the clock, timers, the launcher, systemd. */
@NullMarked
package hearth.common.runtime;

import org.jspecify.annotations.NullMarked;
