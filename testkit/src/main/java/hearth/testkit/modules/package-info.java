/** The modules of this project, as its POMs declare them: a test finds the devices there and names none. */
@NullMarked
package hearth.testkit.modules;

import org.jspecify.annotations.NullMarked;
