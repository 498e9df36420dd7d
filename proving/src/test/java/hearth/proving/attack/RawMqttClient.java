package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.proving.attack.MqttPackets.ConnectOptions;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * An MQTT client that sends any bytes. It waits for each answer; other messages that arrive before it are in {@link
 * #received}.
 */
public final class RawMqttClient implements Closeable {

    /** The broker closed the connection instead of an answer. */
    public static final int DISCONNECTED = -1;

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int TIMEOUT_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final int version;
    private final List<ReceivedMessage> received = new ArrayList<>();
    private int lastPacketId;

    /** One received message. */
    record ReceivedMessage(String topic, String text, boolean retained) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record RawPacket(int first, byte[] body) {
        int kind() {
            return first >> 4;
        }
    }

    /** @param by a socket with or without TLS, with or without a key */
    public RawMqttClient(SocketFactory by, int port, int version) throws IOException {
        this.socket = by.createSocket("localhost", port);
        this.version = version;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** @return the reason code of the broker, 0 for an accepted connection */
    public int connect(ConnectOptions login) {
        return send(MqttPackets.connect(version, login))
                ? awaitAnswer(MqttPackets.CONNACK).map(body -> body[1] & 0xFF).orElse(DISCONNECTED)
                : DISCONNECTED;
    }

    /** @return whether the broker still has an earlier session */
    boolean resumesSession(ConnectOptions login) {
        return send(MqttPackets.connect(version, login))
                && awaitAnswer(MqttPackets.CONNACK)
                        .filter(body -> body[1] == 0 && body[0] == 1)
                        .isPresent();
    }

    /** Publishes with QoS 1. @return the reason code of the broker, which version 4 does not have */
    int publish(String topic, String text, boolean retained) {
        return publish(topic, text.getBytes(UTF_8), retained);
    }

    int publish(String topic, byte[] payload, boolean retained) {
        return send(MqttPackets.publish(version, ++lastPacketId & 0x7FFF, topic, payload, 1, retained))
                ? awaitAnswer(MqttPackets.PUBACK)
                        .map(body -> body.length > 2 ? body[2] & 0xFF : 0)
                        .orElse(DISCONNECTED)
                : DISCONNECTED;
    }

    /** Publishes this many characters. @return the packet type of the answer, {@link #DISCONNECTED} for none */
    public int publish(String topic, int qos, int length) {
        boolean sent = send(MqttPackets.publishStart(version, ++lastPacketId & 0x7FFF, topic, length, qos));
        byte[] piece = new byte[CHUNK_BYTES];
        Arrays.fill(piece, (byte) '2');
        for (int left = length; sent && left > 0; left -= CHUNK_BYTES) {
            sent = send(piece, Math.min(left, CHUNK_BYTES));
        }
        return sent ? readPacket().map(RawPacket::kind).orElse(DISCONNECTED) : DISCONNECTED;
    }

    /** Publishes with QoS 0, which has no answer. */
    void publishQos0(String topic, String text) {
        send(MqttPackets.publish(version, 0, topic, text.getBytes(UTF_8), 0, false));
    }

    /** @return the granted QoS, or the reason code of the broker */
    int subscribe(String filter, int qos) {
        return send(MqttPackets.subscribe(version, ++lastPacketId & 0x7FFF, filter, qos))
                ? awaitAnswer(MqttPackets.SUBACK)
                        .map(body -> body[body.length - 1] & 0xFF)
                        .orElse(DISCONNECTED)
                : DISCONNECTED;
    }

    /** Whether it is still connected. Afterwards all messages that the broker sent before are in {@link #received}. */
    boolean isConnected() {
        return send(MqttPackets.PING) && awaitAnswer(MqttPackets.PINGRESP).isPresent();
    }

    /** All received messages. */
    List<ReceivedMessage> received() {
        return List.copyOf(received);
    }

    /** The received messages of a topic. */
    List<String> received(String topic) {
        return received.stream()
                .filter(each -> each.topic().equals(topic))
                .map(ReceivedMessage::text)
                .toList();
    }

    /** The latest message of a topic; empty for none. */
    String lastReceived(String topic) {
        List<String> all = received(topic);
        return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    boolean send(byte[] bytes) {
        return send(bytes, bytes.length);
    }

    private boolean send(byte[] bytes, int length) {
        try {
            socket.getOutputStream().write(bytes, 0, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the broker closes the connection, and reads all messages until then. */
    void awaitDisconnect() {
        Optional<RawPacket> next = readPacket();
        while (next.isPresent()) {
            handle(next.get());
            next = readPacket();
        }
    }

    /** Closes the connection without a DISCONNECT, as a killed process does. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Optional<byte[]> awaitAnswer(int kind) {
        Optional<RawPacket> next = readPacket();
        while (next.isPresent() && next.get().kind() != kind) {
            handle(next.get());
            next = readPacket();
        }
        return next.map(RawPacket::body);
    }

    private void handle(RawPacket packet) {
        if (packet.kind() != MqttPackets.PUBLISH) {
            return;
        }
        ByteBuffer body = ByteBuffer.wrap(packet.body());
        byte[] topic = new byte[body.getShort()];
        body.get(topic);
        if ((packet.first() & 0x06) != 0) {
            send(MqttPackets.acknowledge(body.getShort() & 0xFFFF));
        }
        if (version == 5) {
            int properties = body.get(); // The properties in these tests are short.
            body.position(body.position() + properties);
        }
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        received.add(
                new ReceivedMessage(new String(topic, UTF_8), new String(payload, UTF_8), (packet.first() & 1) == 1));
    }

    /** The next packet; empty if the broker closed the connection, with or without a TLS alert. */
    private Optional<RawPacket> readPacket() {
        try {
            int first = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int part;
            do {
                part = in.readUnsignedByte();
                length |= (part & 127) << shift;
                shift += 7;
            } while (part > 127);
            byte[] body = in.readNBytes(length);
            return Optional.of(new RawPacket(first, body));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the broker neither answers nor closes the connection", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
