/** Home Assistant's MQTT discovery: the entities of a node and the messages, in both formats. */
@NullMarked
package hearth.common.homeassistant;

import org.jspecify.annotations.NullMarked;
