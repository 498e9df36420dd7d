/**
 * The independent checker: reads the inputs and outputs of the devices and decides whether the safety rules held. It
 * shares no code with the devices; the rules are written here a second time, in a simpler form.
 */
@NullMarked
package hearth.proving.checker;

import org.jspecify.annotations.NullMarked;
