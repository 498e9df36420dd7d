/** The saved state, which survives a power cut. */
@NullMarked
package hearth.common.store;

import org.jspecify.annotations.NullMarked;
