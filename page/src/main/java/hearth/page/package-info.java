/** Builds the browser page. This code is not installed: the page is the files of {@code web}. */
@NullMarked
package hearth.page;

import org.jspecify.annotations.NullMarked;
