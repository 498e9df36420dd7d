/** One strict settings file a node, and complaints a person can act on. */
@NullMarked
package hearth.common.settings;

import org.jspecify.annotations.NullMarked;
