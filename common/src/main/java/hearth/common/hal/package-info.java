/** Seams to the hardware, and the drivers that need only a folder or a socket. */
@NullMarked
package hearth.common.hal;

import org.jspecify.annotations.NullMarked;
