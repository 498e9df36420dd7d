/** Builds the browser page. Nothing of it is installed: the page itself is the files of {@code web}. */
@NullMarked
package hearth.page;

import org.jspecify.annotations.NullMarked;
