/** Server sockets and their threads, for tests. */
@NullMarked
package hearth.testkit.net;

import org.jspecify.annotations.NullMarked;
