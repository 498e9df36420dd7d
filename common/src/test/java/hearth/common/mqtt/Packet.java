package hearth.common.mqtt;

/**
 * A packet that went through a cable whole.
 *
 * @param nth which of its kind and way, counted over all connections, from 1
 */
record Packet(Mishap.Way way, String kind, int nth, int length) {}
