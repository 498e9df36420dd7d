/** The soak test {@code bin/soak}: runs the demo for a simulated day and checks the nodes for leaks. */
@NullMarked
package hearth.proving.soak;

import org.jspecify.annotations.NullMarked;
