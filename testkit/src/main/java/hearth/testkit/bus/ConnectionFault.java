package hearth.testkit.bus;

/**
 * A fault of a connection at one place: in the nth packet of a type, counted over all connections, after a number of
 * its bytes.
 *
 * @param bytes 0 for the boundary before the packet; its length or more for the boundary after it
 */
public record ConnectionFault(
        ConnectionFaultKind faultKind, Direction direction, String packetType, int nth, int bytes) {

    /** The direction of a packet. */
    public enum Direction {
        TO_BROKER,
        TO_CLIENT
    }

    /** The kind of fault. */
    public enum ConnectionFaultKind {
        /** Both sides receive a regular end (FIN). */
        CUT,
        /** Both sides receive a reset (RST), and data on the way is lost. */
        RESET,
        /** Nothing more is delivered, and neither side is notified. */
        STALL,
        /** A cut, and the broker forgets the session before the client reconnects. */
        FORGET,
        /** From here on, one byte at a time. */
        SLOW,
        /** From here on, half a second late. */
        LATE
    }

    /** No fault. */
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
