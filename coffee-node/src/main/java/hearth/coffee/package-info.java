/** The coffee machine: a fresh cup when the car comes home, and never two for one. */
@NullMarked
package hearth.coffee;

import org.jspecify.annotations.NullMarked;
