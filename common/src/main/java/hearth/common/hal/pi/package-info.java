/** A real Raspberry Pi: its pins through Pi4J and the kernel's character device, its sensor through the kernel. */
@NullMarked
package hearth.common.hal.pi;

import org.jspecify.annotations.NullMarked;
