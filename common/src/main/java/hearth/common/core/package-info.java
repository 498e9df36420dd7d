/** The controller: it absorbs inputs and decides effects. Pure functions of state and time. */
@NullMarked
package hearth.common.core;

import org.jspecify.annotations.NullMarked;
