/** Topics, messages and their payload formats. Pure functions and values. */
@NullMarked
package hearth.common.message;

import org.jspecify.annotations.NullMarked;
