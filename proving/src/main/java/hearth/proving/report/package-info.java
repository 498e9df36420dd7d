/**
 * The report of a simulated year: collects the data while the year runs, reduces it, and writes one HTML file that
 * requires no other file.
 */
@NullMarked
package hearth.proving.report;

import org.jspecify.annotations.NullMarked;
