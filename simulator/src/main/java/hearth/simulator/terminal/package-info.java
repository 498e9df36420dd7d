/** Terminal output: lines, a status line below them and a little colour; plain lines in a pipe. */
@NullMarked
package hearth.simulator.terminal;

import org.jspecify.annotations.NullMarked;
