/**
 * A real Raspberry Pi: pins through Pi4J and the kernel's character device, sensors through the kernel's 1-Wire driver.
 */
@NullMarked
package hearth.common.hal.pi;

import org.jspecify.annotations.NullMarked;
