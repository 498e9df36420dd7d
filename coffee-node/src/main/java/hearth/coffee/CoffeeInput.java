package hearth.coffee;

import hearth.common.core.Report;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import java.time.Duration;

/** What can happen to a coffee machine. */
sealed interface CoffeeInput {

    /** The car has said something. @param age how old it was when it arrived */
    record Approaching(Approach approach, Duration age) implements CoffeeInput {}

    record BrewAsked(Command<Press> command) implements CoffeeInput {}

    record CancelAsked(Command<Press> command) implements CoffeeInput {}

    record ResetAsked(Command<Press> command) implements CoffeeInput {}

    /**
     * What the inputs say. Those that are not wired are always as they should be.
     *
     * @param yet whether they were looked at since the boot
     */
    record Looked(boolean cup, boolean water, boolean yet) implements CoffeeInput {

        /** As good as nothing there, but no fault. */
        static final Looked NOT_YET = new Looked(false, false, false);

        static final Looked FINE = new Looked(true, true);

        Looked(boolean cup, boolean water) {
            this(cup, water, true);
        }
    }

    /** What the clock on the wall says. */
    record HourTold(Hour hour) implements CoffeeInput {}

    /** What became of an effect. */
    record Told(Report report) implements CoffeeInput {}

    /** The hour, as far as coffee is concerned. */
    enum Hour {
        QUIET,
        LOUD,
        /** Nobody has told this machine the time: quiet hours wait. */
        UNKNOWN
    }
}
