package hearth.common.hal.pi;

import java.util.Optional;

/** The board's pins, as far as looking at them goes. */
interface Header {

    /** What the lines that a node holds are called, before the pin's number. */
    String OURS = "hearth-";

    /** What keeps all of them out of reach, in plain words; nothing if they can be had. Touches nothing. */
    Optional<Trouble> trouble();

    /** Who holds this pin, as the kernel names it; nothing if nobody does. Only asked if there is no trouble. */
    Optional<String> holder(int pin);

    /** @param forGood whether trying again cannot help */
    record Trouble(boolean forGood, String what) {

        static Trouble unknownBoard() {
            return new Trouble(true, "this board is not among those that Pi4J knows");
        }

        static Trouble noLibrary(String processor) {
            return new Trouble(
                    true,
                    "Pi4J has no libgpiod for this processor (" + processor
                            + "): it takes a Pi 2 or newer, or a Zero 2");
        }

        static Trouble chipThatDoesNotOpen(String why) {
            return new Trouble(false, "the pins' chip cannot be opened: " + why);
        }
    }
}
