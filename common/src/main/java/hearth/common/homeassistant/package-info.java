/** Home Assistant's MQTT discovery: what a node shows of itself, in both forms of the messages. */
@NullMarked
package hearth.common.homeassistant;

import org.jspecify.annotations.NullMarked;
