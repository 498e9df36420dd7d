package hearth.testkit.disk;

/** A simulated power cut. It is an {@link Error}, because a device must not catch it and continue. */
public final class SimulatedPowerCut extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedPowerCut(String when) {
        super(when, null, false, false); // Thrown tens of thousands of times, without a stack trace.
    }
}
