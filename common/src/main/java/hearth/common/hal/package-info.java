/** Interfaces to the hardware. */
@NullMarked
package hearth.common.hal;

import org.jspecify.annotations.NullMarked;
