package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** MQTT's packets as bytes, as many of them as an attack needs, for version 4 (which is 3.1.1) and 5. */
public final class Packets {

    public static final int CONNACK = 2;
    public static final int PUBLISH = 3;
    public static final int PUBACK = 4;
    public static final int PUBREC = 5;
    public static final int SUBACK = 9;
    public static final int PINGRESP = 13;

    static final byte[] PING = {(byte) 0xC0, 0};

    private static final int KEEP_ALIVE_S = 60;

    private Packets() {}

    /** By what somebody wants to be let in. Empty is left out, and {@code willTopic} too. */
    public record Login(String client, String user, String password, boolean clean, String willTopic, String willText) {

        public static Login as(String client) {
            return new Login(client, "", "", true, "", "");
        }

        Login with(String user, String password) {
            return new Login(client, user, password, clean, willTopic, willText);
        }

        Login keeping() {
            return new Login(client, user, password, false, willTopic, willText);
        }

        Login will(String topic, String text) {
            return new Login(client, user, password, clean, topic, text);
        }
    }

    static byte[] connect(int version, Login login) {
        boolean will = !login.willTopic().isEmpty();
        int flags = (login.clean() ? 0x02 : 0)
                | (will ? 0x04 | 0x08 | 0x20 : 0) // QoS 1, retained
                | (login.password().isEmpty() ? 0 : 0x40)
                | (login.user().isEmpty() ? 0 : 0x80);
        Body body = new Body().text("MQTT").one(version).one(flags).two(KEEP_ALIVE_S);
        if (version == 5) {
            body.one(5).one(0x11).two(0).two(3600); // A session that outlives the connection by an hour.
        }
        body.text(login.client());
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
        return publishing(version, id, topic, qos).bytes(payload).packet(0x30 | (qos << 1) | (retained ? 1 : 0));
    }

    /** The beginning of one whose payload, so many bytes, is to follow. */
    static byte[] publishing(int version, int id, String topic, int length, int qos) {
        return publishing(version, id, topic, qos).packet(0x30 | (qos << 1), length);
    }

    private static Body publishing(int version, int id, String topic, int qos) {
        Body body = new Body().text(topic);
        if (qos > 0) {
            body.two(id);
        }
        return body.properties(version);
    }

    static byte[] subscribe(int version, int id, String filter, int qos) {
        return new Body().two(id).properties(version).text(filter).one(qos).packet(0x82);
    }

    static byte[] acknowledge(int id) {
        return new Body().two(id).packet(0x40);
    }

    /** What comes after the length. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body one(int value) {
            bytes.write(value);
            return this;
        }

        Body two(int value) {
            return one(value >> 8).one(value);
        }

        Body bytes(byte[] some) {
            bytes.writeBytes(some);
            return this;
        }

        Body text(String text) {
            byte[] some = text.getBytes(UTF_8);
            return two(some.length).bytes(some);
        }

        /** None. */
        Body properties(int version) {
            return version == 5 ? one(0) : this;
        }

        byte[] packet(int kind) {
            return packet(kind, 0);
        }

        /** @param missing so many bytes more belong to it */
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
