/** The thermostat: a sensor that measures, an airco that heats and cools, in one process or on two machines. */
@NullMarked
package hearth.thermostat;

import org.jspecify.annotations.NullMarked;
