/** The garden valve: one output, a moisture contact, and a daily schedule. */
@NullMarked
package hearth.valve;

import org.jspecify.annotations.NullMarked;
