/** A disk in memory with power cuts between any two steps, and a counter of the steps. For tests. */
@NullMarked
package hearth.testkit.disk;

import org.jspecify.annotations.NullMarked;
