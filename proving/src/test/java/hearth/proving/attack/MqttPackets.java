package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Builds the MQTT packets that the attacks use, as bytes, for versions 4 (3.1.1) and 5. */
public final class MqttPackets {

    public static final int CONNACK = 2;
    public static final int PUBLISH = 3;
    public static final int PUBACK = 4;
    public static final int PUBREC = 5;
    public static final int SUBACK = 9;
    public static final int PINGRESP = 13;

    static final byte[] PING = {(byte) 0xC0, 0};

    private static final int KEEP_ALIVE_S = 60;

    private MqttPackets() {}

    /** The credentials of a connection. Empty fields are left out, also {@code willTopic}. */
    public record ConnectOptions(
            String clientId, String user, String password, boolean cleanStart, String willTopic, String willText) {

        public static ConnectOptions withClientId(String client) {
            return new ConnectOptions(client, "", "", true, "", "");
        }

        ConnectOptions withPassword(String user, String password) {
            return new ConnectOptions(clientId, user, password, cleanStart, willTopic, willText);
        }

        ConnectOptions persistent() {
            return new ConnectOptions(clientId, user, password, false, willTopic, willText);
        }

        ConnectOptions withWill(String topic, String text) {
            return new ConnectOptions(clientId, user, password, cleanStart, topic, text);
        }
    }

    static byte[] connect(int version, ConnectOptions login) {
        boolean will = !login.willTopic().isEmpty();
        int flags = (login.cleanStart() ? 0x02 : 0)
                | (will ? 0x04 | 0x08 | 0x20 : 0) // QoS 1, retained
                | (login.password().isEmpty() ? 0 : 0x40)
                | (login.user().isEmpty() ? 0 : 0x80);
        PacketBody body = new PacketBody().text("MQTT").u8(version).u8(flags).u16(KEEP_ALIVE_S);
        if (version == 5) {
            body.u8(5).u8(0x11).u16(0).u16(3600); // A session expiry of one hour.
        }
        body.text(login.clientId());
        if (will) {
            body.properties(version).text(login.willTopic()).text(login.willText());
        }
        if (!login.user().isEmpty()) {
            body.text(login.user());
        }
        if (!login.password().isEmpty()) {
            body.text(login.password());
        }
        return body.packet(0x10);
    }

    static byte[] publish(int version, int id, String topic, byte[] payload, int qos, boolean retained) {
        return publishStart(version, id, topic, qos).bytes(payload).packet(0x30 | (qos << 1) | (retained ? 1 : 0));
    }

    /** The header of a message whose payload of this length follows. */
    static byte[] publishStart(int version, int id, String topic, int length, int qos) {
        return publishStart(version, id, topic, qos).packet(0x30 | (qos << 1), length);
    }

    private static PacketBody publishStart(int version, int id, String topic, int qos) {
        PacketBody body = new PacketBody().text(topic);
        if (qos > 0) {
            body.u16(id);
        }
        return body.properties(version);
    }

    static byte[] subscribe(int version, int id, String filter, int qos) {
        return new PacketBody().u16(id).properties(version).text(filter).u8(qos).packet(0x82);
    }

    static byte[] acknowledge(int id) {
        return new PacketBody().u16(id).packet(0x40);
    }

    /** The packet after its length. */
    private static final class PacketBody {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        PacketBody u8(int value) {
            bytes.write(value);
            return this;
        }

        PacketBody u16(int value) {
            return u8(value >> 8).u8(value);
        }

        PacketBody bytes(byte[] some) {
            bytes.writeBytes(some);
            return this;
        }

        PacketBody text(String text) {
            byte[] some = text.getBytes(UTF_8);
            return u16(some.length).bytes(some);
        }

        /** Adds no properties. */
        PacketBody properties(int version) {
            return version == 5 ? u8(0) : this;
        }

        byte[] packet(int kind) {
            return packet(kind, 0);
        }

        /** @param missing the number of bytes that follow later */
        byte[] packet(int kind, int missing) {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.write(kind);
            int left = bytes.size() + missing;
            while (left > 127) {
                packet.write((left & 127) | 128);
                left >>= 7;
            }
            packet.write(left);
            packet.writeBytes(bytes.toByteArray());
            return packet.toByteArray();
        }
    }
}
