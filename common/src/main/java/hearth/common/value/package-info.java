/** What the house is measured in: temperatures, readings, places. Pure. */
@NullMarked
package hearth.common.value;

import org.jspecify.annotations.NullMarked;
