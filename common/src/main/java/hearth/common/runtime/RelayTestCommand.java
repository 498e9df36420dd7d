package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.hal.Relay;
import hearth.common.hal.Wiring;
import hearth.common.settings.BadSettings;
import hearth.common.value.Pin;
import hearth.common.value.TimeScale;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Switches one output on for one second, after a confirmation, to test the wiring of its relay. */
final class RelayTestCommand {

    private static final Duration ON_FOR = Duration.ofSeconds(1);

    private final Hal hal;
    private final TimeScale timeScale;
    private final BufferedReader in;
    private final PrintStream out;

    RelayTestCommand(Hal hal, TimeScale timeScale, BufferedReader in, PrintStream out) {
        this.hal = hal;
        this.timeScale = timeScale;
        this.in = in;
        this.out = out;
    }

    /**
     * @throws BadSettings if the output does not exist
     * @throws IOException if the output cannot be switched on; it is switched off in any case
     */
    void run(Wiring wiring, String output) throws BadSettings, IOException, InterruptedException {
        Pin pin = wiring.outputs().get(output);
        if (pin == null) {
            throw new BadSettings(List.of("relay-test " + output + ": unknown output; outputs in these settings: "
                    + (wiring.outputs().isEmpty()
                            ? "none"
                            : String.join(", ", new TreeSet<>(wiring.outputs().keySet())))));
        }
        out.print("GPIO" + pin.number() + " (" + output + ") will be on for 1 s, and the connected load runs. If this"
                + " is safe now, type yes: ");
        out.flush();
        if (!"yes".equals(in.readLine())) {
            out.println("no output was switched");
            return;
        }
        pulse(hal.relay(pin));
        out.println("""
                The output was on for 1 s and is off again. If the relay was off for that second and is on now, \
                the relay board switches on at 0 V: invert the setting active-low of this output.""");
    }

    private void pulse(Relay relay) throws IOException, InterruptedException {
        Thread hook = new Thread(() -> switchOff(relay)); // For Ctrl-C in that second.
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            relay.set(true);
            new CountDownLatch(1).await(timeScale.toReal(ON_FOR).toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            relay.set(false);
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void switchOff(Relay relay) {
        try {
            relay.set(false);
        } catch (IOException e) {
            out.println("the output cannot be switched off: " + e.getMessage());
        }
    }
}
