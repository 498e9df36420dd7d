/** The demo: node processes in a simulated house on a laptop, with a room, a car and a coffee machine. */
@NullMarked
package hearth.simulator;

import org.jspecify.annotations.NullMarked;
