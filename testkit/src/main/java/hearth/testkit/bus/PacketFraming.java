package hearth.testkit.bus;

/**
 * Follows one direction of an MQTT connection byte by byte, and knows the packet type and the position in the packet.
 * It reads only the fixed header (MQTT 5, 2.1).
 */
public final class PacketFraming {

    private static final String[] TYPES = {
        "reserved",
        "CONNECT",
        "CONNACK",
        "PUBLISH",
        "PUBACK",
        "PUBREC",
        "PUBREL",
        "PUBCOMP",
        "SUBSCRIBE",
        "SUBACK",
        "UNSUBSCRIBE",
        "UNSUBACK",
        "PINGREQ",
        "PINGRESP",
        "DISCONNECT",
        "AUTH"
    };

    private String kind = "";
    private int taken;
    private boolean inLength;
    private int left;
    private int shift;

    /** Whether the next byte is the first of a packet. */
    public boolean isBetween() {
        return taken == 0;
    }

    /** The type of the latest packet, for PUBLISH with its quality of service. */
    String kind() {
        return kind;
    }

    /** Number of bytes read of the current packet. */
    int taken() {
        return taken;
    }

    /** @return the packet's length if this byte is its last, otherwise 0 */
    public int take(byte next) {
        if (taken == 0) {
            kind = kind(next);
            inLength = true;
            left = 0;
            shift = 0;
        } else if (inLength) {
            left |= (next & 0x7F) << shift; // A variable byte integer: seven bits each, the lowest first.
            shift += 7;
            inLength = next < 0;
        } else {
            left--;
        }
        taken++;
        if (inLength || left > 0) {
            return 0;
        }
        int length = taken;
        taken = 0;
        return length;
    }

    public static String kind(byte first) {
        int type = (first & 0xF0) >> 4;
        return type == 3 ? "PUBLISH " + (first >> 1 & 3) : TYPES[type];
    }
}
