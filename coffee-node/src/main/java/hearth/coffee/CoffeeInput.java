package hearth.coffee;

import hearth.common.core.EffectReport;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import java.time.Duration;

/** What can happen to a coffee machine. */
sealed interface CoffeeInput {

    /** The car has said something. @param age how old it was when it arrived */
    record Approaching(Approach approach, Duration age) implements CoffeeInput {}

    record BrewRequested(Command<Press> command) implements CoffeeInput {}

    record CancelRequested(Command<Press> command) implements CoffeeInput {}

    record ResetRequested(Command<Press> command) implements CoffeeInput {}

    /**
     * What the inputs say. Those that are not wired are always as they should be.
     *
     * @param known whether they were looked at since the boot
     */
    record InputsRead(boolean cup, boolean water, boolean known) implements CoffeeInput {

        /** As good as nothing there, but no fault. */
        static final InputsRead UNKNOWN = new InputsRead(false, false, false);

        static final InputsRead ALL_OK = new InputsRead(true, true);

        InputsRead(boolean cup, boolean water) {
            this(cup, water, true);
        }
    }

    /** What the clock on the wall says. */
    record BrewingHoursChanged(BrewingHours hours) implements CoffeeInput {}

    /** What became of an effect. */
    record Reported(EffectReport report) implements CoffeeInput {}

    /** The hour, as far as coffee is concerned. */
    enum BrewingHours {
        QUIET,
        ALLOWED,
        /** Nobody has told this machine the time: quiet hours wait. */
        UNKNOWN
    }
}
