/**
 * A judge that trusts nobody: sees what crosses the devices' skins and says whether the safety rules held. Shares no
 * code with those it judges; what they promise is written down here a second time, in simpler words.
 */
@NullMarked
package hearth.proving.checker;

import org.jspecify.annotations.NullMarked;
