package hearth.testkit.disk;

/** The power is gone. No exception: nothing in a device may catch it and go on. */
public final class SimulatedPowerCut extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedPowerCut(String when) {
        super(when, null, false, false); // There are tens of thousands; nobody looks at where they were thrown.
    }
}
