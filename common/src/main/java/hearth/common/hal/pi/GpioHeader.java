package hearth.common.hal.pi;

import java.util.Optional;

/** Inspects the board's pins without changing them. */
interface GpioHeader {

    /** Prefix of the consumer name of a pin that a node uses; the pin's number follows. */
    String OWN_CONSUMER = "hearth-";

    /** The problem that makes all pins unusable; empty if there is none. Changes no pin. */
    Optional<GpioProblem> problem();

    /**
     * The consumer of this pin, as the kernel names it; empty if the pin is free. Call it only without a {@link
     * #problem()}.
     */
    Optional<String> consumer(int pin);

    /** @param permanent whether a retry cannot help */
    record GpioProblem(boolean permanent, String message) {

        static GpioProblem unknownBoard() {
            return new GpioProblem(true, "Pi4J does not support this board");
        }

        static GpioProblem noLibrary(String processor) {
            return new GpioProblem(
                    true,
                    "Pi4J has no libgpiod for this processor (" + processor + "): use a Pi 2 or newer, or a Zero 2");
        }

        static GpioProblem chipDoesNotOpen(String why) {
            return new GpioProblem(false, "the GPIO chip cannot be opened: " + why);
        }
    }
}
