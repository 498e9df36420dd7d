package hearth.proving.road;

/** The reception at a place, and its effect on the receiver. */
public enum Reception {
    OPEN(3, 0.9, ReceiverBehaviour.NORMAL),
    /** Between buildings. */
    STREET_CANYON(10, 1.7, ReceiverBehaviour.NORMAL),
    /** Under a roof, where only reflected signals arrive. */
    UNDER_ROOF(25, 2.9, ReceiverBehaviour.NORMAL),
    TUNNEL(3, 0.9, ReceiverBehaviour.NO_FIX),
    /** In a tunnel; the receiver repeats its last position, marked as an estimate. */
    TUNNEL_ESTIMATED(3, 0.9, ReceiverBehaviour.ESTIMATES),
    /** In a tunnel; the receiver repeats its last position as a fix. */
    TUNNEL_STALE_FIX(3, 0.9, ReceiverBehaviour.REPEATS_LAST_FIX),
    UNPLUGGED(3, 0.9, ReceiverBehaviour.UNPLUGGED),
    /** Sometimes it reports an impossible position for a second or two. */
    OUTLIERS(4, 1.1, ReceiverBehaviour.OUTLIERS),
    /** It has no fix yet and reports the position where it was switched off, far away. */
    OLD_POSITION(4, 1.5, ReceiverBehaviour.OLD_POSITION),
    /** Its line stalls: the reports arrive later, all at once and outdated. */
    LINE_STALLED(3, 0.9, ReceiverBehaviour.LINE_STALLED);

    enum ReceiverBehaviour {
        NORMAL,
        NO_FIX,
        ESTIMATES,
        REPEATS_LAST_FIX,
        UNPLUGGED,
        OUTLIERS,
        OLD_POSITION,
        LINE_STALLED
    }

    final double sigmaM;
    final double hdop;
    final ReceiverBehaviour behaviour;

    Reception(double sigmaM, double hdop, ReceiverBehaviour habit) {
        this.sigmaM = sigmaM;
        this.hdop = hdop;
        this.behaviour = habit;
    }
}
