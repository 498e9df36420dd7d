/** What a node shows of itself to Home Assistant and to whoever else understands its discovery. */
@NullMarked
package hearth.common.discovery;

import org.jspecify.annotations.NullMarked;
