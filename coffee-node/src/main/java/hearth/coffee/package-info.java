/** The coffee node: a fresh cup when the car comes home, and never two cups for one trip. */
@NullMarked
package hearth.coffee;

import org.jspecify.annotations.NullMarked;
