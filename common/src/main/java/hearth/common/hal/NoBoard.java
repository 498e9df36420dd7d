package hearth.common.hal;

import java.util.List;

/** A machine that is no board. What it takes to run here is said, never guessed, and nothing is handed out. */
public final class NoBoard implements Hal {

    private static final String PROBLEM = "this machine has no board that is known here: run it with --mock DIR";

    @Override
    public Thermometer thermometer(String address) {
        throw new IllegalStateException(PROBLEM);
    }

    @Override
    public Relay relay(int pin, boolean activeLow) {
        throw new IllegalStateException(PROBLEM);
    }

    @Override
    public Switch input(int pin, boolean activeLow) {
        throw new IllegalStateException(PROBLEM);
    }

    /** A car needs no board: its receiver is on the network. */
    @Override
    public PositionSource receiver(String host, int port) {
        return new GpsdPosition(host, port);
    }

    @Override
    public List<String> problems() {
        return List.of(PROBLEM);
    }
}
