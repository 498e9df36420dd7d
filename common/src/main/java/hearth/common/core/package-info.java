/** The one idea: a controller absorbs what happened and decides what should be true. Pure. */
@NullMarked
package hearth.common.core;

import org.jspecify.annotations.NullMarked;
