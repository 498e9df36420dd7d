/** What the house says: topics, the messages on them and the shape each has on the wire. Pure. */
@NullMarked
package hearth.common.message;

import org.jspecify.annotations.NullMarked;
