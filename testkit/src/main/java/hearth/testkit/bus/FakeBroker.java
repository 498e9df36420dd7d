package hearth.testkit.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.testkit.net.DaemonThread;
import hearth.testkit.net.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A broker with the minimum of MQTT 5 that a client needs; its {@link FakeBrokerBehaviour} defines what it does. */
public final class FakeBroker implements AutoCloseable {

    /**
     * The broker's behaviour on one connection.
     *
     * @param withheld the packet type that it does not send, such as {@code "SUBACK"}; empty if it sends all
     * @param from     the first packet of that type that it withholds, from 1
     * @param connack  the reason code of its CONNACK
     * @param closing  the reason code with which it disconnects an online client; 0 if it does not
     */
    public record FakeBrokerBehaviour(String withheld, int from, int connack, int closing) {

        public static final FakeBrokerBehaviour GOOD = new FakeBrokerBehaviour("", 1, 0, 0);

        public static FakeBrokerBehaviour withholding(String answer, int from) {
            return new FakeBrokerBehaviour(answer, from, 0, 0);
        }

        public static FakeBrokerBehaviour refusing(int reason) {
            return new FakeBrokerBehaviour("", 1, reason, 0);
        }

        public static FakeBrokerBehaviour closing(int reason) {
            return new FakeBrokerBehaviour("", 1, 0, reason);
        }
    }

    private final LoopbackServer port;
    private final IntFunction<FakeBrokerBehaviour> behaviours;
    private final List<Long> connectedAtNanos = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile Socket last = new Socket();

    /** @param behaviours the behaviour by the number of the connection, from 1 */
    public FakeBroker(IntFunction<FakeBrokerBehaviour> behaviours) throws IOException {
        this.behaviours = behaviours;
        port = new LoopbackServer("fake broker", this::answer);
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + port.number());
    }

    /** The times at which clients connected, by {@link System#nanoTime}. */
    public List<Long> connectedAtNanos() {
        return connectedAtNanos;
    }

    /** Published messages, as {@code "topic payload"}. */
    public List<String> received() {
        return received;
    }

    /** Number of SUBSCRIBE packets on all connections. */
    public int subscribed() {
        return subscribed.get();
    }

    /** Number of messages that the client has acknowledged. */
    public int acknowledged() {
        return acknowledged.get();
    }

    /** Sends a message with QoS 1 to the client that connected last. */
    public void deliver(String topic, String payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        body.write(topic.length());
        body.write(topic.getBytes(UTF_8));
        body.write(0);
        body.write(ids.incrementAndGet());
        body.write(0); // No properties.
        body.write(payload.getBytes(UTF_8));
        send(last.getOutputStream(), 0x32, body.toByteArray());
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    private void answer(Socket client) {
        connectedAtNanos.add(System.nanoTime());
        last = client;
        FakeBrokerBehaviour behaviour = behaviours.apply(connectedAtNanos.size());
        DaemonThread.run("fake broker", () -> {
            try (client) {
                new FakeBrokerConnection(client, behaviour).run();
            }
        });
    }

    /** One connection. */
    private final class FakeBrokerConnection {

        private final DataInputStream in;
        private final OutputStream out;
        private final FakeBrokerBehaviour behaviour;
        private int withheldCount;
        private boolean closed;

        FakeBrokerConnection(Socket socket, FakeBrokerBehaviour behaviour) throws IOException {
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            this.behaviour = behaviour;
        }

        void run() throws IOException {
            while (!closed) {
                byte first = in.readByte();
                ByteBuffer body = ByteBuffer.wrap(in.readNBytes(length(in)));
                switch (PacketFraming.kind(first)) {
                    case "CONNECT" -> answer("CONNACK", 0x20, 0, behaviour.connack(), 0);
                    case "SUBSCRIBE" -> subscribed(body);
                    case "PUBLISH 0", "PUBLISH 1", "PUBLISH 2" -> published(first >> 1 & 3, body);
                    case "PUBREL" -> answer("PUBCOMP", 0x70, body.get(), body.get());
                    case "PUBACK" -> acknowledged.incrementAndGet();
                    case "PINGREQ" -> answer("PINGRESP", 0xD0);
                    default -> {} // No answer is required.
                }
            }
        }

        private void subscribed(ByteBuffer body) throws IOException {
            ByteArrayOutputStream ack = new ByteArrayOutputStream();
            ack.write(body.get());
            ack.write(body.get());
            ack.write(0); // No properties.
            skipProperties(body);
            while (body.hasRemaining()) {
                text(body);
                ack.write(body.get() & 3);
            }
            subscribed.incrementAndGet();
            answer("SUBACK", 0x90, ack.toByteArray());
        }

        private void published(int qos, ByteBuffer body) throws IOException {
            String topic = text(body);
            byte[] id = new byte[qos == 0 ? 0 : 2];
            body.get(id);
            skipProperties(body);
            received.add(topic + " " + UTF_8.decode(body));
            if (qos > 0) {
                answer(qos == 1 ? "PUBACK" : "PUBREC", qos == 1 ? 0x40 : 0x50, id);
            }
            if (behaviour.closing() != 0) {
                answer("DISCONNECT", 0xE0, behaviour.closing(), 0);
                closed = true;
            }
        }

        private void answer(String kind, int first, int... body) throws IOException {
            byte[] bytes = new byte[body.length];
            for (int i = 0; i < body.length; i++) {
                bytes[i] = (byte) body[i];
            }
            answer(kind, first, bytes);
        }

        private void answer(String kind, int first, byte[] body) throws IOException {
            withheldCount += kind.equals(behaviour.withheld()) ? 1 : 0;
            if (!kind.equals(behaviour.withheld()) || withheldCount < behaviour.from()) {
                send(out, first, body);
            }
        }
    }

    private static void send(OutputStream out, int first, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        packet.write(body.length); // Below 128, always.
        packet.write(body);
        out.write(packet.toByteArray());
    }

    private static void skipProperties(ByteBuffer body) {
        int length = 0;
        byte next;
        int shift = 0;
        do {
            next = body.get();
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        body.position(body.position() + length);
    }

    private static String text(ByteBuffer body) {
        byte[] bytes = new byte[body.getShort()];
        body.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        byte next;
        int shift = 0;
        do {
            next = in.readByte();
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return length;
    }
}
