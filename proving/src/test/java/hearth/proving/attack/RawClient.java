package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.proving.attack.Packets.Login;
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
 * {@link #heard}.
 */
public final class RawClient implements Closeable {

    /** The broker has hung up in the place of an answer. */
    public static final int HUNG_UP = -1;

    private static final int PIECE = 64 * 1024;
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final int version;
    private final List<Heard> heard = new ArrayList<>();
    private int packet;

    /** One message that came. */
    record Heard(String topic, String text, boolean retained) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Packet(int first, byte[] body) {
        int kind() {
            return first >> 4;
        }
    }

    /** @param by with TLS or without, with a key or without */
    public RawClient(SocketFactory by, int port, int version) throws IOException {
        this.socket = by.createSocket("localhost", port);
        this.version = version;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** @return the broker's reason code, 0 for whom it lets in */
    public int connect(Login login) {
        return send(Packets.connect(version, login))
                ? answer(Packets.CONNACK).map(body -> body[1] & 0xFF).orElse(HUNG_UP)
                : HUNG_UP;
    }

    /** @return whether the broker still has the session of another time */
    boolean resumes(Login login) {
        return send(Packets.connect(version, login))
                && answer(Packets.CONNACK)
                        .filter(body -> body[1] == 0 && body[0] == 1)
                        .isPresent();
    }

    /** With QoS 1. @return the broker's reason code, which version 4 does not have */
    int publish(String topic, String text, boolean retained) {
        return publish(topic, text.getBytes(UTF_8), retained);
    }

    int publish(String topic, byte[] payload, boolean retained) {
        return send(Packets.publish(version, ++packet & 0x7FFF, topic, payload, 1, retained))
                ? answer(Packets.PUBACK)
                        .map(body -> body.length > 2 ? body[2] & 0xFF : 0)
                        .orElse(HUNG_UP)
                : HUNG_UP;
    }

    /** Publishes so many letters, however many. @return the kind of what is answered, {@link #HUNG_UP} if nothing is */
    public int publish(String topic, int qos, int length) {
        boolean sent = send(Packets.publishing(version, ++packet & 0x7FFF, topic, length, qos));
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) '2');
        for (int left = length; sent && left > 0; left -= PIECE) {
            sent = send(piece, Math.min(left, PIECE));
        }
        return sent ? read().map(Packet::kind).orElse(HUNG_UP) : HUNG_UP;
    }

    /** With QoS 0, which nobody answers. */
    void shout(String topic, String text) {
        send(Packets.publish(version, 0, topic, text.getBytes(UTF_8), 0, false));
    }

    /** @return the QoS that was granted, or the broker's reason code */
    int subscribe(String filter, int qos) {
        return send(Packets.subscribe(version, ++packet & 0x7FFF, filter, qos))
                ? answer(Packets.SUBACK)
                        .map(body -> body[body.length - 1] & 0xFF)
                        .orElse(HUNG_UP)
                : HUNG_UP;
    }

    /** Whether it is still connected. What the broker had for it before this has then been heard. */
    boolean lives() {
        return send(Packets.PING) && answer(Packets.PINGRESP).isPresent();
    }

    /** All that was heard. */
    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** What was said on that topic. */
    List<String> heard(String topic) {
        return heard.stream()
                .filter(each -> each.topic().equals(topic))
                .map(Heard::text)
                .toList();
    }

    /** What was said there last; empty if nothing was. */
    String last(String topic) {
        List<String> all = heard(topic);
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
    void untilHungUp() {
        Optional<Packet> next = read();
        while (next.isPresent()) {
            take(next.get());
            next = read();
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

    private Optional<byte[]> answer(int kind) {
        Optional<Packet> next = read();
        while (next.isPresent() && next.get().kind() != kind) {
            take(next.get());
            next = read();
        }
        return next.map(Packet::body);
    }

    private void take(Packet packet) {
        if (packet.kind() != Packets.PUBLISH) {
            return;
        }
        ByteBuffer body = ByteBuffer.wrap(packet.body());
        byte[] topic = new byte[body.getShort()];
        body.get(topic);
        if ((packet.first() & 0x06) != 0) {
            send(Packets.acknowledge(body.getShort() & 0xFFFF));
        }
        if (version == 5) {
            int properties = body.get(); // Ours are short.
            body.position(body.position() + properties);
        }
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        heard.add(new Heard(new String(topic, UTF_8), new String(payload, UTF_8), (packet.first() & 1) == 1));
    }

    /** Nothing if the broker has hung up, with whatever words of TLS. */
    private Optional<Packet> read() {
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
            return Optional.of(new Packet(first, body));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the broker neither answers nor hangs up", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
