/** Readings that were taken while nobody could be told: kept on disk, and told later. */
@NullMarked
package hearth.common.history;

import org.jspecify.annotations.NullMarked;
