/** A board as files in one folder, for a laptop and for tests. */
@NullMarked
package hearth.common.hal.mock;

import org.jspecify.annotations.NullMarked;
