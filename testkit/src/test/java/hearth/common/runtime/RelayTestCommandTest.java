package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.hal.Relay;
import hearth.common.hal.Wiring;
import hearth.common.settings.BadSettings;
import hearth.common.value.Pin;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.fault.Fault;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One switching, and only after a yes. */
@Timeout(60)
class RelayTestCommandTest {

    private static final Wiring WIRING =
            new Wiring(Map.of("heat", new Pin(17, false), "cool", new Pin(27, true)), Map.of(), Optional.empty());

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final OneRelayBoard board = new OneRelayBoard();

    @Test
    @Fault("B9")
    void afterAYesTheOutputSwitchesOnAndOffAgain() throws Exception {
        test("heat", "yes\n");

        assertThat(board.driven).containsExactly("17 on", "17 off");
        assertThat(output()).contains("GPIO17 (heat)", "type yes: ", "invert the setting active-low");
    }

    @Test
    void withoutAYesNoOutputIsSwitched() throws Exception {
        for (String answer : List.of("", "y\n", "no\n", "YES please\n")) {
            test("heat", answer);
        }

        assertThat(board.asked).isEmpty();
        assertThat(output()).contains("no output was switched");
    }

    @Test
    void anOutputThatDoesNotSwitchOnIsSwitchedOffAnyway() {
        board.refuses = true;

        assertThatThrownBy(() -> test("cool", "yes\n")).isInstanceOf(IOException.class);
        assertThat(board.driven).containsExactly("27 off");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheExistingOnes() {
        assertThatThrownBy(() -> test("kettle", "yes\n"))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("relay-test kettle: unknown output; outputs in these settings: cool, heat");
        assertThatThrownBy(() ->
                        new RelayTestCommand(board, new TimeScale(1_000), reader(""), out()).run(Wiring.NONE, "heat"))
                .hasMessageContaining("outputs in these settings: none");
    }

    private void test(String output, String answer) throws Exception {
        new RelayTestCommand(board, new TimeScale(1_000), reader(answer), out()).run(WIRING, output);
    }

    private static BufferedReader reader(String text) {
        return new BufferedReader(new StringReader(text));
    }

    private PrintStream out() {
        return new PrintStream(output, true, StandardCharsets.UTF_8);
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private static final class OneRelayBoard extends MemoryHal {

        private final List<Pin> asked = new ArrayList<>();
        private final List<String> driven = new ArrayList<>();
        private boolean refuses;

        @Override
        public Relay relay(Pin pin) {
            asked.add(pin);
            return on -> {
                if (on && refuses) {
                    throw new IOException("the line is gone");
                }
                driven.add(pin.number() + (on ? " on" : " off"));
            };
        }
    }
}
