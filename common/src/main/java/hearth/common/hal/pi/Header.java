package hearth.common.hal.pi;

import java.util.Optional;

/** The board's pins, as far as looking at them goes. */
interface Header {

    /** What keeps all of them out of reach, in plain words; nothing if they can be had. Touches nothing. */
    Optional<Trouble> trouble();

    /** Who holds this pin, as the kernel names it; nothing if nobody does. Only asked if there is no trouble. */
    Optional<String> holder(int pin);

    /** @param forGood whether trying again cannot help */
    record Trouble(boolean forGood, String what) {}
}
