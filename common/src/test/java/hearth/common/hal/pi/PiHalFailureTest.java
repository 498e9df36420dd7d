package hearth.common.hal.pi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.context.ContextProperties;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.value.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.invocation.InvocationOnMock;

/** Failures of Pi4J that its own mock cannot produce. The levels that come out otherwise are in {@link PiHalTest}. */
class PiHalFailureTest {

    private final RuntimeException lineBusy = new com.pi4j.io.exception.IOException("line busy");

    private final Context pi4j = mock(Context.class);
    private final DigitalOutput output = mock(DigitalOutput.class);
    private final DigitalInput input = mock(DigitalInput.class);
    private final List<DigitalState> levels = new ArrayList<>();
    private final PiHal hal = new PiHal(new Preflight(Path.of("/nothing"), new Pi4jGpioHeader()), () -> pi4j);

    @BeforeEach
    void giveLines() {
        when(pi4j.properties()).thenReturn(mock(ContextProperties.class)); // Without properties no line is configured.
        when(pi4j.create(any(DigitalOutputConfig.class))).thenReturn(output);
        when(pi4j.create(any(DigitalInputConfig.class))).thenReturn(input);
        when(output.id()).thenReturn("hearth-17");
        when(input.id()).thenReturn("hearth-22");
        when(output.state(any())).thenAnswer(this::take);
    }

    @ParameterizedTest
    @CsvSource({"false, HIGH, LOW", "true, LOW, HIGH"})
    void anOutputThatFailsToSwitchOnIsReportedAndCanStillBeSwitchedOff(
            boolean activeLow, DigitalState on, DigitalState off) throws IOException {
        Relay relay = hal.relay(new Pin(17, activeLow));
        doThrow(lineBusy).when(output).state(on);

        assertThatThrownBy(() -> relay.set(true))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("hearth-17", "line busy")
                .hasCause(lineBusy);
        relay.set(false);

        assertThat(levels).containsExactly(off);
    }

    /** The loop tries an output that does not switch off three times, so each failure must arrive as one. */
    @Test
    void anOutputThatFailsToSwitchOffIsReportedEachTimeUntilItSwitches() throws IOException {
        Relay relay = hal.relay(new Pin(17, false));
        doThrow(lineBusy, new IllegalStateException("line closed"))
                .doAnswer(this::take)
                .when(output)
                .state(DigitalState.LOW);

        assertThatThrownBy(() -> relay.set(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line busy");
        assertThatThrownBy(() -> relay.set(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line closed");
        assertThat(levels).isEmpty();
        relay.set(false);

        assertThat(levels).containsExactly(DigitalState.LOW);
    }

    @Test
    void aPinThatAnotherProgramTookIsNamedWithTheReasonAndCanBeTakenLater() {
        when(pi4j.create(any(DigitalOutputConfig.class)))
                .thenThrow(new InitializeException("line is requested by cooler"))
                .thenReturn(output);

        assertThatThrownBy(() -> hal.relay(new Pin(17, false)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("GPIO17")
                .cause()
                .hasMessage("line is requested by cooler");

        assertThatCode(() -> hal.relay(new Pin(17, false)).set(true)).doesNotThrowAnyException();
        assertThat(levels).containsExactly(DigitalState.HIGH);
    }

    @Test
    void anInputThatCannotBeReadIsReportedAndNotTakenForOpenOrClosed() {
        Switch cup = hal.input(new Pin(22, false));
        when(input.state()).thenThrow(lineBusy);

        assertThatThrownBy(cup::closed)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("hearth-22", "line busy")
                .hasCause(lineBusy);
    }

    @Test
    void aShutdownThatFailsWhileDriversAreLoadedAheadIsNoFailure() {
        doThrow(new ShutdownException("chip does not close")).when(pi4j).shutdown();

        assertThatCode(() -> PiHal.preloadDrivers(() -> pi4j)).doesNotThrowAnyException();
    }

    private DigitalOutput take(InvocationOnMock switching) {
        levels.add(switching.getArgument(0));
        return output;
    }
}
