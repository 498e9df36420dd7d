package hearth.testkit.bus;

/**
 * Something that happens to a connection at one place of a conversation: in the nth packet of a kind, counted over all
 * connections, when so many of its bytes have gone through.
 *
 * @param bytes 0 for the boundary before it; its length or more for the one after it
 */
public record ConnectionFault(
        ConnectionFaultKind faultKind, Direction direction, String packetType, int nth, int bytes) {

    /** Which way a packet goes. */
    public enum Direction {
        TO_BROKER,
        TO_CLIENT
    }

    /** What the network does. */
    public enum ConnectionFaultKind {
        /** Both ends are told that it is over (FIN). */
        CUT,
        /** Both ends are told that there is no such connection (RST), and what was on the way is gone. */
        RESET,
        /** Nothing more is delivered, and nobody is told. */
        STALL,
        /** A cut, and before the client is back the broker forgets its session. */
        FORGET,
        /** From here on one byte at a time. */
        SLOW,
        /** From here on half a second late. */
        LATE
    }

    /** All that happens is what should. */
    public static final ConnectionFault NONE =
            new ConnectionFault(ConnectionFaultKind.CUT, Direction.TO_BROKER, "none", 0, 0);

    boolean isAt(Direction other, String otherKind, int otherNth) {
        return direction == other && packetType.equals(otherKind) && nth == otherNth;
    }

    @Override
    public String toString() {
        return faultKind + " at byte " + bytes + " of " + packetType + " number " + nth + " " + direction;
    }
}
