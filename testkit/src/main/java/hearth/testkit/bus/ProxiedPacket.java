package hearth.testkit.bus;

/**
 * A packet that passed a {@link TcpProxy} completely.
 *
 * @param nth its number among packets of its type and direction, counted over all connections, from 1
 */
public record ProxiedPacket(ConnectionFault.Direction direction, String packetType, int nth, int length) {}
