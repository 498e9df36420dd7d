package hearth.common.hal.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import hearth.common.hal.Relay;
import hearth.common.value.Pin;
import java.io.IOException;

/**
 * A relay on one pin. The off level is set together with the direction, so the relay does not switch on for a moment at
 * the start. Pi4J sets the off level again when it shuts down.
 */
final class Pi4jRelay implements Relay {

    private final DigitalOutput line;
    private final DigitalState off;
    private final DigitalState on;

    /** Opens the pin at its off level. @throws RuntimeException from Pi4J, if the pin cannot be opened */
    Pi4jRelay(Context context, Pin pin) {
        this.off = pin.activeLow() ? DigitalState.HIGH : DigitalState.LOW;
        this.on = pin.activeLow() ? DigitalState.LOW : DigitalState.HIGH;
        this.line = context.create(line(context, pin));
    }

    /** The configuration of the output. */
    static DigitalOutputConfig line(Context context, Pin pin) {
        DigitalState off = pin.activeLow() ? DigitalState.HIGH : DigitalState.LOW;
        return DigitalOutput.newConfigBuilder(context)
                .id(GpioHeader.OWN_CONSUMER + pin.number())
                .address(pin.number())
                .initial(off) // The default is 0 V, which would switch an active-low relay on.
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
