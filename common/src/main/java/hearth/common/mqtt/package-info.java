/** MQTT 5: connection, outbox, typed topics and signed commands. */
@NullMarked
package hearth.common.mqtt;

import org.jspecify.annotations.NullMarked;
