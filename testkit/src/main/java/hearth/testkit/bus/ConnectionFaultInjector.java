package hearth.testkit.bus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the packets through a {@link TcpProxy}, and injects one {@link ConnectionFault} at its place. */
public final class ConnectionFaultInjector implements TcpProxy.ProxyBehaviour {

    private final ConnectionFault fault;
    private final Runnable beforeReconnect;

    // Guarded by this: a connection has one thread per direction.
    private final Map<String, Integer> packetCounts = new HashMap<>();
    private final List<ProxiedPacket> packets = new ArrayList<>();
    private long happenedAtNanos;
    private boolean happened;

    /** @param beforeReconnect makes the broker forget the session, for {@code FORGET} */
    public ConnectionFaultInjector(ConnectionFault fault, Runnable beforeReconnect) {
        this.fault = fault;
        this.beforeReconnect = beforeReconnect;
    }

    @Override
    public TcpProxy.ByteForwarder forwarder(ConnectionFault.Direction direction) {
        if (direction == ConnectionFault.Direction.TO_BROKER
                && fault.faultKind() == ConnectionFault.ConnectionFaultKind.FORGET
                && hasHappened()) {
            beforeReconnect.run();
        }
        return new PacketForwarder(direction);
    }

    /** The packets that have passed completely. */
    public synchronized List<ProxiedPacket> packets() {
        return List.copyOf(packets);
    }

    public synchronized boolean hasHappened() {
        return happened;
    }

    /** By {@link System#nanoTime}. */
    public synchronized long happenedAtNanos() {
        return happenedAtNanos;
    }

    private synchronized int countPacket(ConnectionFault.Direction direction, String packetType) {
        return packetCounts.merge(direction + packetType, 1, Integer::sum);
    }

    private synchronized void packets(ProxiedPacket packet) {
        packets.add(packet);
    }

    private void inject(TcpProxy.ProxyStream stream) throws IOException {
        synchronized (this) {
            happened = true;
            happenedAtNanos = System.nanoTime();
        }
        switch (fault.faultKind()) {
            case CUT, FORGET -> stream.cut();
            case RESET -> stream.reset();
            case STALL -> stream.stall();
            case SLOW -> stream.slow();
            case LATE -> stream.late();
        }
    }

    /** One direction of one connection. */
    private final class PacketForwarder implements TcpProxy.ByteForwarder {

        private final ConnectionFault.Direction direction;
        private final PacketFraming framing = new PacketFraming();
        private int nth;
        private boolean inFaultyPacket;

        PacketForwarder(ConnectionFault.Direction direction) {
            this.direction = direction;
        }

        @Override
        public void forward(byte[] bytes, int count, TcpProxy.ProxyStream stream) throws IOException {
            int delivered = 0;
            for (int i = 0; i < count; i++) {
                if (framing.isBetween()) {
                    String packetType = PacketFraming.kind(bytes[i]);
                    nth = countPacket(direction, packetType);
                    inFaultyPacket = fault.isAt(direction, packetType, nth);
                }
                if (inFaultyPacket && framing.taken() == fault.bytes()) {
                    stream.deliver(bytes, delivered, i);
                    delivered = i;
                    inFaultyPacket = false;
                    inject(stream);
                }
                int length = framing.take(bytes[i]);
                if (length > 0) {
                    packets(new ProxiedPacket(direction, framing.kind(), nth, length));
                    if (inFaultyPacket) {
                        stream.deliver(bytes, delivered, i + 1);
                        delivered = i + 1;
                        inFaultyPacket = false;
                        inject(stream);
                    }
                }
            }
            stream.deliver(bytes, delivered, count);
        }
    }
}
