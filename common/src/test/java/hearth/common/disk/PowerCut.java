package hearth.common.disk;

/** The power is gone. No exception: nothing in a device may catch it and go on. */
public final class PowerCut extends Error {

    private static final long serialVersionUID = 1L;

    PowerCut(String when) {
        super(when, null, false, false); // There are tens of thousands; nobody looks at where they were thrown.
    }
}
