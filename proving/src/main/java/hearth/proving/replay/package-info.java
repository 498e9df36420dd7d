/** Replays a recorded journal through the present controllers. */
@NullMarked
package hearth.proving.replay;

import org.jspecify.annotations.NullMarked;
