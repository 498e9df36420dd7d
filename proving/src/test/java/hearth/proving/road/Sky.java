package hearth.proving.road;

/** What a receiver has over it, and what becomes of it there. */
public enum Sky {
    OPEN(3, 0.9, Habit.HONEST),
    /** Walls on both sides. */
    STREETS(10, 1.7, Habit.HONEST),
    /** Under a roof, where what is left of the signals comes round corners. */
    CARPORT(25, 2.9, Habit.HONEST),
    TUNNEL(3, 0.9, Habit.SILENT_WITHOUT_A_FIX),
    /** In a tunnel, and its receiver goes on saying where it was, and that this is an estimate. */
    TUNNEL_WITH_AN_ESTIMATE(3, 0.9, Habit.ESTIMATES),
    /** In a tunnel, and its receiver goes on saying where it was, as if it knew. */
    TUNNEL_WITH_A_LIE(3, 0.9, Habit.REPEATS),
    UNPLUGGED(3, 0.9, Habit.UNPLUGGED),
    /** Every now and then it says for a second or two what cannot be. */
    WILD(4, 1.1, Habit.WILD),
    /** It has not found itself yet, and says where it was switched off last, far away. */
    LONG_AGO(4, 1.5, Habit.LONG_AGO),
    /** Its line stalls: what was said meanwhile comes all at once, when it is old. */
    STALLED(3, 0.9, Habit.STALLED);

    enum Habit {
        HONEST,
        SILENT_WITHOUT_A_FIX,
        ESTIMATES,
        REPEATS,
        UNPLUGGED,
        WILD,
        LONG_AGO,
        STALLED
    }

    final double sigmaM;
    final double hdop;
    final Habit habit;

    Sky(double sigmaM, double hdop, Habit habit) {
        this.sigmaM = sigmaM;
        this.hdop = hdop;
        this.habit = habit;
    }
}
