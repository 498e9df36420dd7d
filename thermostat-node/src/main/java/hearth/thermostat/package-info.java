/** The thermostat. */
@NullMarked
package hearth.thermostat;

import org.jspecify.annotations.NullMarked;
