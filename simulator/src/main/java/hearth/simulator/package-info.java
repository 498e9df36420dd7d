/** A house on a laptop: what is heated, cooled, driven and brewed, and the demo that tells its story. */
@NullMarked
package hearth.simulator;

import org.jspecify.annotations.NullMarked;
