/**
 * A year in the life of the house, in a minute: the nodes' own programs in virtual time, and everything going wrong that
 * does go wrong. All chance comes from one seed.
 */
@NullMarked
package hearth.proving.year;

import org.jspecify.annotations.NullMarked;
