/** The program {@code hearth-history}: writes the stored readings of a node to a CSV file and acknowledges them. */
@NullMarked
package hearth.tools.history;

import org.jspecify.annotations.NullMarked;
