/**
 * What crosses the skin of a device, written down: every reading that went in, every pin and message that came out.
 * Knows no device and no runtime, so that who judges or replays shares nothing with who decides.
 */
@NullMarked
package hearth.proving.journal;

import org.jspecify.annotations.NullMarked;
