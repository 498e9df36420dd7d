/** A recorded journal once more, through the controllers as they are today. */
@NullMarked
package hearth.proving.replay;

import org.jspecify.annotations.NullMarked;
