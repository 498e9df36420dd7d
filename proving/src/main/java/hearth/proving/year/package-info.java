/**
 * The simulated year: the programs of the nodes in virtual time, with weather, residents and injected faults. One seed
 * determines all random numbers.
 */
@NullMarked
package hearth.proving.year;

import org.jspecify.annotations.NullMarked;
