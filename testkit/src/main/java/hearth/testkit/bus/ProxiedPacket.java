package hearth.testkit.bus;

/**
 * A packet that went through a cable whole.
 *
 * @param nth which of its kind and way, counted over all connections, from 1
 */
public record ProxiedPacket(ConnectionFault.Direction direction, String packetType, int nth, int length) {}
