/** The house's conversation over MQTT 5. */
@NullMarked
package hearth.common.mqtt;

import org.jspecify.annotations.NullMarked;
