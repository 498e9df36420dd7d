package hearth.proving.road;

/** What a receiver has over it, and what becomes of it there. */
public enum Reception {
    OPEN(3, 0.9, ReceiverBehaviour.NORMAL),
    /** Walls on both sides. */
    STREET_CANYON(10, 1.7, ReceiverBehaviour.NORMAL),
    /** Under a roof, where what is left of the signals comes round corners. */
    UNDER_ROOF(25, 2.9, ReceiverBehaviour.NORMAL),
    TUNNEL(3, 0.9, ReceiverBehaviour.NO_FIX),
    /** In a tunnel, and its receiver goes on saying where it was, and that this is an estimate. */
    TUNNEL_ESTIMATED(3, 0.9, ReceiverBehaviour.ESTIMATES),
    /** In a tunnel, and its receiver goes on saying where it was, as if it knew. */
    TUNNEL_STALE_FIX(3, 0.9, ReceiverBehaviour.REPEATS_LAST_FIX),
    UNPLUGGED(3, 0.9, ReceiverBehaviour.UNPLUGGED),
    /** Every now and then it says for a second or two what cannot be. */
    OUTLIERS(4, 1.1, ReceiverBehaviour.OUTLIERS),
    /** It has not found itself yet, and says where it was switched off last, far away. */
    OLD_POSITION(4, 1.5, ReceiverBehaviour.OLD_POSITION),
    /** Its line stalls: what was said meanwhile comes all at once, when it is old. */
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
