/** What a person sees in a terminal: lines, a status line under them, a little colour; plain lines everywhere else. */
@NullMarked
package hearth.simulator.terminal;

import org.jspecify.annotations.NullMarked;
