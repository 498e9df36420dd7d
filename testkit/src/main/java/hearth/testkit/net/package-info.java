/** Ends of a line: ports and the threads behind them. For tests. */
@NullMarked
package hearth.common.port;

import org.jspecify.annotations.NullMarked;
