/**
 * A simulated year as a page: what happened is gathered while it happens, thinned out, and written as one file that
 * needs nothing else.
 */
@NullMarked
package hearth.proving.report;

import org.jspecify.annotations.NullMarked;
