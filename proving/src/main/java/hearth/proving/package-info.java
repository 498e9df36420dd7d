/** The commands of the simulated year: {@code bin/demo --year} and {@code bin/demo --replay}. */
@NullMarked
package hearth.proving;

import org.jspecify.annotations.NullMarked;
