/** Readings that were taken while the broker was away: stored on disk, published when it is back. */
@NullMarked
package hearth.thermostat.history;

import org.jspecify.annotations.NullMarked;
