/** Ends of a line: ports and the threads behind them. For tests. */
@NullMarked
package hearth.testkit.net;

import org.jspecify.annotations.NullMarked;
