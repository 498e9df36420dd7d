package hearth.common.hal.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import hearth.common.hal.Switch;
import hearth.common.value.Pin;
import java.io.IOException;

/**
 * A contact on one pin. The pull resistor sets the level of an open contact, so a loose wire reads as open.
 *
 * <p>The emulated board of {@code virtual-pi/} cannot drive inputs from outside; the tests there show only that this
 * class opens its pin and reads an open contact.
 */
final class Pi4jSwitch implements Switch {

    private final DigitalInput line;
    private final DigitalState closed;

    /** Opens the pin. @throws RuntimeException from Pi4J, if the pin cannot be opened */
    Pi4jSwitch(Context context, Pin pin) {
        this.closed = pin.activeLow() ? DigitalState.LOW : DigitalState.HIGH;
        this.line = context.create(line(context, pin));
    }

    /** The configuration of the input. */
    static DigitalInputConfig line(Context context, Pin pin) {
        return DigitalInput.newConfigBuilder(context)
                .id(GpioHeader.OWN_CONSUMER + pin.number())
                .address(pin.number())
                .pull(pin.activeLow() ? PullResistance.PULL_UP : PullResistance.PULL_DOWN)
                .build();
    }

    @Override
    public boolean closed() throws IOException {
        try {
            return line.state() == closed;
        } catch (RuntimeException e) {
            throw new IOException(line.id() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
