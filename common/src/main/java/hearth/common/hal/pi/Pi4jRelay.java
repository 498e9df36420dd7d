package hearth.common.hal.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import hearth.common.hal.Relay;
import hearth.common.value.Pin;
import java.io.IOException;

/**
 * A relay on one pin. The level for off is set together with the direction, so there is no pulse at the start, and left
 * behind when Pi4J shuts down.
 */
final class Pi4jRelay implements Relay {

    private final DigitalOutput line;
    private final DigitalState off;
    private final DigitalState on;

    /** Takes the pin and drives it off. @throws RuntimeException as Pi4J does, if it cannot be opened */
    Pi4jRelay(Context context, Pin pin) {
        this.off = pin.activeLow() ? DigitalState.HIGH : DigitalState.LOW;
        this.on = pin.activeLow() ? DigitalState.LOW : DigitalState.HIGH;
        this.line = context.create(line(context, pin));
    }

    /** How the line is asked for. */
    static DigitalOutputConfig line(Context context, Pin pin) {
        DigitalState off = pin.activeLow() ? DigitalState.HIGH : DigitalState.LOW;
        return DigitalOutput.newConfigBuilder(context)
                .id(GpioHeader.OWN_CONSUMER + pin.number())
                .address(pin.number())
                .initial(off) // Unset it would be 0 V, which switches an active-low relay on.
                .shutdown(off)
                .build();
    }

    @Override
    public void set(boolean wanted) throws IOException {
        try {
            line.state(wanted ? on : off);
        } catch (RuntimeException e) {
            throw new IOException(line.id() + " cannot be set: " + e.getMessage(), e);
        }
    }
}
