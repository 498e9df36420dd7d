/**
 * The journal of the inputs and outputs of devices: each reading, each pin change, each message. It depends on no
 * device and no runtime, so that the checker and the replay share no code with the controllers.
 */
@NullMarked
package hearth.proving.journal;

import org.jspecify.annotations.NullMarked;
