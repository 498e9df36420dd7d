/** The car node: receives positions and announces each trip home once. */
@NullMarked
package hearth.car;

import org.jspecify.annotations.NullMarked;
