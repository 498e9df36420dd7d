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
 * An MQTT client that says whatever it is told to, in bytes. It waits for each answer; what else has come meanwhile is in
 * {@link #received}.
 */
public final class RawMqttClient implements Closeable {

    /** The broker has hung up in the place of an answer. */
    public static final int DISCONNECTED = -1;

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int TIMEOUT_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final int version;
    private final List<ReceivedMessage> received = new ArrayList<>();
    private int lastPacketId;

    /** One message that came. */
    record ReceivedMessage(String topic, String text, boolean retained) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record RawPacket(int first, byte[] body) {
        int kind() {
            return first >> 4;
        }
    }

    /** @param by with TLS or without, with a key or without */
    public RawMqttClient(SocketFactory by, int port, int version) throws IOException {
        this.socket = by.createSocket("localhost", port);
        this.version = version;
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** @return the broker's reason code, 0 for whom it lets in */
    public int connect(ConnectOptions login) {
        return send(MqttPackets.connect(version, login))
                ? awaitAnswer(MqttPackets.CONNACK).map(body -> body[1] & 0xFF).orElse(DISCONNECTED)
                : DISCONNECTED;
    }

    /** @return whether the broker still has the session of another time */
    boolean resumesSession(ConnectOptions login) {
        return send(MqttPackets.connect(version, login))
                && awaitAnswer(MqttPackets.CONNACK)
                        .filter(body -> body[1] == 0 && body[0] == 1)
                        .isPresent();
    }

    /** With QoS 1. @return the broker's reason code, which version 4 does not have */
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

    /** Publishes so many letters, however many. @return the kind of what is answered, {@link #DISCONNECTED} if nothing is */
    public int publish(String topic, int qos, int length) {
        boolean sent = send(MqttPackets.publishStart(version, ++lastPacketId & 0x7FFF, topic, length, qos));
        byte[] piece = new byte[CHUNK_BYTES];
        Arrays.fill(piece, (byte) '2');
        for (int left = length; sent && left > 0; left -= CHUNK_BYTES) {
            sent = send(piece, Math.min(left, CHUNK_BYTES));
        }
        return sent ? readPacket().map(RawPacket::kind).orElse(DISCONNECTED) : DISCONNECTED;
    }

    /** With QoS 0, which nobody answers. */
    void publishQos0(String topic, String text) {
        send(MqttPackets.publish(version, 0, topic, text.getBytes(UTF_8), 0, false));
    }

    /** @return the QoS that was granted, or the broker's reason code */
    int subscribe(String filter, int qos) {
        return send(MqttPackets.subscribe(version, ++lastPacketId & 0x7FFF, filter, qos))
                ? awaitAnswer(MqttPackets.SUBACK)
                        .map(body -> body[body.length - 1] & 0xFF)
                        .orElse(DISCONNECTED)
                : DISCONNECTED;
    }

    /** Whether it is still connected. What the broker had for it before this has then been heard. */
    boolean isConnected() {
        return send(MqttPackets.PING) && awaitAnswer(MqttPackets.PINGRESP).isPresent();
    }

    /** All that was heard. */
    List<ReceivedMessage> received() {
        return List.copyOf(received);
    }

    /** What was said on that topic. */
    List<String> received(String topic) {
        return received.stream()
                .filter(each -> each.topic().equals(topic))
                .map(ReceivedMessage::text)
                .toList();
    }

    /** What was said there last; empty if nothing was. */
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

    /** Waits until the broker has hung up, and reads what it says until then. */
    void awaitDisconnect() {
        Optional<RawPacket> next = readPacket();
        while (next.isPresent()) {
            handle(next.get());
            next = readPacket();
        }
    }

    /** Goes without a word, as a process that is killed. */
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
            int properties = body.get(); // Ours are short.
            body.position(body.position() + properties);
        }
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        received.add(
                new ReceivedMessage(new String(topic, UTF_8), new String(payload, UTF_8), (packet.first() & 1) == 1));
    }

    /** Nothing if the broker has hung up, with whatever words of TLS. */
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
            throw new AssertionError("the broker neither answers nor hangs up", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
