/** The web server of the demo: serves the page to browsers on this machine, and MQTT over WebSockets. */
@NullMarked
package hearth.simulator.page;

import org.jspecify.annotations.NullMarked;
