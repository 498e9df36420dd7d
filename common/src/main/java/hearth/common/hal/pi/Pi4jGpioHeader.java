package hearth.common.hal.pi;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * The pins through Pi4J's gpiod plugin. The plugin uses the first chip whose label contains {@code pinctrl}, so a Pi 5,
 * which numbers its chips differently, needs no setting.
 */
final class Pi4jGpioHeader implements GpioHeader {

    /** Pi4J with its gpiod plugin only: if the board is not recognised, Pi4J must not fall back to mock pins. */
    static Context context() {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .add(GpioDDigitalOutputProvider.newInstance(), GpioDDigitalInputProvider.newInstance())
                .build();
    }

    @Override
    public Optional<GpioProblem> problem() {
        if (!BoardInfoHelper.runningOnRaspberryPi()) {
            return Optional.of(GpioProblem.unknownBoard());
        }
        try {
            GpioDContext.getInstance().initialize();
            return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            Logger.debug(e, "libgpiod");
            return Optional.of(GpioProblem.noLibrary(System.getProperty("os.arch")));
        } catch (RuntimeException e) {
            return Optional.of(GpioProblem.chipDoesNotOpen(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Optional<String> consumer(int pin) {
        GpioLine line = GpioDContext.getInstance().getOrOpenLine(pin);
        return line.isUsed() ? Optional.of(String.valueOf(line.getConsumer())) : Optional.empty();
    }
}
