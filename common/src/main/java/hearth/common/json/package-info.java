/** Strict JSON, one object at a time. */
@NullMarked
package hearth.common.json;

import org.jspecify.annotations.NullMarked;
