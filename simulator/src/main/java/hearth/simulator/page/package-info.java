/** The way from a browser on this machine to the demo's broker: the page's files, and MQTT over WebSockets. */
@NullMarked
package hearth.simulator.page;

import org.jspecify.annotations.NullMarked;
