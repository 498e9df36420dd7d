/** Value types: temperatures, readings, positions, pins, time scale. Pure. */
@NullMarked
package hearth.common.value;

import org.jspecify.annotations.NullMarked;
