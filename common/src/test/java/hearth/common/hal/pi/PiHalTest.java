package hearth.common.hal.pi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.value.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Relays and switches with Pi4J's mock: the resulting electrical levels. The real driver is tested in virtual-pi. */
class PiHalTest {

    private final Context pi4j = Pi4J.newContextBuilder()
            .noAutoDetect()
            .add(MockDigitalOutputProvider.newInstance(), MockDigitalInputProvider.newInstance())
            .build();
    private final PiHal hal = new PiHal(new Preflight(Path.of("/nothing"), new Pi4jGpioHeader()), () -> pi4j);

    @AfterEach
    void shutdown() {
        pi4j.shutdown();
    }

    @Test
    void aRelayStartsOffWithoutAPulseAlsoIfItIsActiveLow() {
        hal.relay(new Pin(17, false));
        hal.relay(new Pin(27, true));

        assertThat(output(17).config().initialState()).isEqualTo(DigitalState.LOW);
        assertThat(output(27).config().initialState()).isEqualTo(DigitalState.HIGH);
        assertThat(level(17)).isEqualTo(DigitalState.LOW);
        assertThat(level(27)).isEqualTo(DigitalState.HIGH);
    }

    @Test
    void onIsTheLevelThatItsRelayBoardRequires() throws IOException {
        hal.relay(new Pin(17, false)).set(true);
        hal.relay(new Pin(27, true)).set(true);

        assertThat(level(17)).isEqualTo(DigitalState.HIGH);
        assertThat(level(27)).isEqualTo(DigitalState.LOW);
    }

    @Test
    void preloadingDriversOpensNoPin() {
        PiHal.preloadDrivers(() -> pi4j);

        assertThat(pi4j.registry().all()).isEmpty();
        assertThat(pi4j.isShutdown()).isTrue();
    }

    @Test
    void preloadingDriversSucceedsOnAMachineThatIsNotABoard() {
        assertThatCode(PiHal::preloadDrivers).doesNotThrowAnyException();
    }

    @Test
    void aRelayIsOffAfterShutdown() throws IOException {
        Relay relay = hal.relay(new Pin(27, true));
        relay.set(true);
        DigitalOutput line = output(27);

        pi4j.shutdown();

        assertThat(line.state()).isEqualTo(DigitalState.HIGH);
    }

    @Test
    void aSwitchIsClosedAtItsActiveLevel() throws IOException {
        Switch cup = hal.input(new Pin(22, false));
        Switch water = hal.input(new Pin(23, true));

        put(22, DigitalState.HIGH);
        put(23, DigitalState.HIGH);
        assertThat(cup.closed()).isTrue();
        assertThat(water.closed()).isFalse();

        put(22, DigitalState.LOW);
        put(23, DigitalState.LOW);
        assertThat(cup.closed()).isFalse();
        assertThat(water.closed()).isTrue();
    }

    @Test
    void aPinInUseIsNamedInTheError() {
        hal.relay(new Pin(17, false));

        assertThatThrownBy(() -> hal.relay(new Pin(17, false)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("GPIO17 cannot be opened");
    }

    private DigitalState level(int pin) {
        return output(pin).state();
    }

    private DigitalOutput output(int pin) {
        return pi4j.<DigitalOutput>getIO("hearth-" + pin, DigitalOutput.class);
    }

    private void put(int pin, DigitalState level) {
        pi4j.getIO("hearth-" + pin, MockDigitalInput.class).mockState(level);
    }
}
