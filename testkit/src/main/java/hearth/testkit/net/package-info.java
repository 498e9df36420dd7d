/** Server sockets and their threads, for tests. */
@NullMarked
package hearth.common.port;

import org.jspecify.annotations.NullMarked;
