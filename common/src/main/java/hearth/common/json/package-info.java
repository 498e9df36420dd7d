/** A strict reader and a writer for JSON objects. */
@NullMarked
package hearth.common.json;

import org.jspecify.annotations.NullMarked;
