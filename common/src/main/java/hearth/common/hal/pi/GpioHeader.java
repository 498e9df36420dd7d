package hearth.common.hal.pi;

import java.util.Optional;

/** The board's pins, as far as looking at them goes. */
interface GpioHeader {

    /** What the lines that a node holds are called, before the pin's number. */
    String OWN_CONSUMER = "hearth-";

    /** What keeps all of them out of reach, in plain words; nothing if they can be had. Touches nothing. */
    Optional<GpioProblem> problem();

    /** Who holds this pin, as the kernel names it; nothing if nobody does. Only asked if there is no trouble. */
    Optional<String> consumer(int pin);

    /** @param permanent whether trying again cannot help */
    record GpioProblem(boolean permanent, String message) {

        static GpioProblem unknownBoard() {
            return new GpioProblem(true, "Pi4J does not support this board");
        }

        static GpioProblem noLibrary(String processor) {
            return new GpioProblem(
                    true,
                    "Pi4J has no libgpiod for this processor (" + processor
                            + "): use a Pi 2 or newer, or a Zero 2");
        }

        static GpioProblem chipDoesNotOpen(String why) {
            return new GpioProblem(false, "the GPIO chip cannot be opened: " + why);
        }
    }
}
