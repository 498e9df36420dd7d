/** One strict settings file per node, with errors that an owner can correct. */
@NullMarked
package hearth.common.settings;

import org.jspecify.annotations.NullMarked;
