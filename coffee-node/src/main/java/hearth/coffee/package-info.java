/** The coffee. */
@NullMarked
package hearth.coffee;

import org.jspecify.annotations.NullMarked;
