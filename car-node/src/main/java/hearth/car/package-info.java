/** The car. */
@NullMarked
package hearth.car;

import org.jspecify.annotations.NullMarked;
