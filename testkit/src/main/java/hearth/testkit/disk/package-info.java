/** A disk in memory whose power can be cut between any two steps, and a count of those steps. For tests. */
@NullMarked
package hearth.testkit.disk;

import org.jspecify.annotations.NullMarked;
