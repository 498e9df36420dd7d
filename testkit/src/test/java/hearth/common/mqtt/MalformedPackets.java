package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Packets that no broker may send, by their error (section numbers of the MQTT 5 specification). */
final class MalformedPackets {

    private static final int VARINT_ENDS_BELOW = 0x80;

    private MalformedPackets() {}

    /** @param elsewhere address of another broker, as host:port */
    static Map<String, byte[]> all(String elsewhere) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        // 3.2
        all.put("a CONNACK cut short", packet(0x20, 0));
        all.put("a CONNACK with flags there are not", packet(0x20, 0xFF, 0, 0));
        all.put("a CONNACK with a reason there is not", packet(0x20, 0, 0x7F, 0));
        all.put("a CONNACK whose properties are longer than it is", packet(0x20, 0, 0, 0x7F));
        all.put("a CONNACK whose properties' length has no end", packet(0x20, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF));
        all.put("a CONNACK that receives nothing", packet(0x20, 0, 0, 3, 0x21, 0, 0));
        all.put("a CONNACK with a property twice", packet(0x20, 0, 0, 6, 0x21, 0, 1, 0x21, 0, 1));
        all.put("a CONNACK with a property there is not", packet(0x20, 0, 0, 2, 0x7F, 0));
        all.put("a CONNACK that takes packets of one byte", packet(0x20, 0, 0, 5, 0x27, 0, 0, 0, 1));
        all.put("a CONNACK of an unknown session", packet(0x20, 1, 0, 0));
        all.put("a CONNACK that sends us elsewhere", elsewhere(0x20, elsewhere, 0, 0x9D));
        // 3.9, 3.11
        all.put("a SUBACK of nothing", packet(0x90));
        all.put("a SUBACK without reasons", packet(0x90, 0, 1, 0));
        all.put("a SUBACK with too many reasons", packet(0x90, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        all.put("a SUBACK with a reason there is not", packet(0x90, 0, 1, 0, 0x7F, 0x7F));
        all.put("a SUBACK without a SUBSCRIBE", packet(0x90, 0x7F, 0x7F, 0, 0));
        all.put("an UNSUBACK without an UNSUBSCRIBE", packet(0xB0, 0x7F, 0x7F, 0, 0));
        // 3.3
        all.put("a message with an unknown topic alias", packet(0x30, 0, 0, 3, 0x23, 0, 1, 'x'));
        all.put("a message with topic alias 0", publish(0x30, "t", 3, 0x23, 0, 0));
        all.put("a message with a topic alias we did not allow", publish(0x30, "t", 3, 0x23, 0xFF, 0xFF));
        all.put("a message of quality 3", publish(0x36, "t", 0, 1, 0));
        all.put("a message with packet identifier 0", publish(0x32, "t", 0, 0, 0));
        all.put("a message to a wildcard", publish(0x30, "t/#", 0));
        all.put("a message to nowhere", packet(0x30, 0, 0, 0, 'x'));
        all.put("a message to a topic that is no text", packet(0x30, 0, 2, 0xFF, 0xFE, 0, 'x'));
        all.put("a message to a topic with NUL in it", packet(0x30, 0, 1, 0, 0, 'x'));
        all.put("a message whose topic is longer than it", packet(0x30, 0xFF, 0xFF, 't'));
        all.put("a message with subscription identifier 0", publish(0x30, "t", 2, 0x0B, 0));
        all.put("a message marked as UTF-8 text that is not UTF-8", publish(0x30, "t", 2, 0x01, 1, 0xFF, 0xFE));
        all.put("a message with a hundred user properties", propertied(100));
        all.put("a message larger than we take", large(0x30, 6000));
        all.put("a message of 256 MiB, begun", bytes(0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, 't', 0, 'x'));
        all.put("a message of 4 GiB and more, begun", bytes(0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, 't'));
        // 3.4 to 3.7, 3.13 to 3.15
        all.put("a PUBACK for nothing", packet(0x40, 0x7F, 0x7F));
        all.put("a PUBREC for nothing", packet(0x50, 0x7F, 0x7F));
        all.put("a PUBREL for nothing", packet(0x62, 0x7F, 0x7F));
        all.put("a PUBCOMP for nothing", packet(0x70, 0x7F, 0x7F));
        all.put("a PUBACK with a reason there is not", packet(0x40, 0, 1, 0x7F));
        all.put("a PINGRESP with a body", packet(0xD0, 0));
        all.put("a PINGRESP without a PINGREQ", packet(0xD0));
        all.put("a DISCONNECT with a reason there is not", packet(0xE0, 0x7F));
        all.put("a DISCONNECT that sends us elsewhere", elsewhere(0xE0, elsewhere, 0x9C));
        all.put("an AUTH without a request", packet(0xF0, 0x18, 0));
        // 2.1: packets that only a client sends, and reserved ones
        all.put("a CONNECT", packet(0x10, 0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 10, 0, 0, 0));
        all.put("a SUBSCRIBE", packet(0x82, 0, 1, 0, 0, 1, 't', 0));
        all.put("a PINGREQ", packet(0xC0));
        all.put("a packet of no type", packet(0x00));
        all.put("a web page", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(UTF_8));
        return all;
    }

    static byte[] random(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Commands, each with an id of its own. @param first 0x30 for QoS 0, 0x32 for QoS 1 */
    static byte[] flood(int first, String topic, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 1; i <= count; i++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            text(body, topic);
            if (first == 0x32) {
                body.write(i >> 8);
                body.write(i);
            }
            body.write(0);
            body.writeBytes(("{\"id\":\"f" + i + "\",\"value\":21}").getBytes(UTF_8));
            all.writeBytes(framed(first, body.toByteArray()));
        }
        return all.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] packet(int first, int... body) {
        return framed(first, bytes(body));
    }

    private static byte[] publish(int first, String topic, int... rest) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        body.writeBytes(bytes(rest));
        body.write('x');
        return framed(first, body.toByteArray());
    }

    private static byte[] elsewhere(int first, String where, int... before) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(before));
        body.write(where.length() + 3);
        body.write(0x1C); // Server Reference.
        text(body, where);
        return framed(first, body.toByteArray());
    }

    private static byte[] propertied(int count) {
        ByteArrayOutputStream properties = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            properties.write(0x26);
            text(properties, Incoming.LIFETIME);
            text(properties, "99999999999999999999");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "t");
        length(body, properties.size());
        body.writeBytes(properties.toByteArray());
        body.write('x');
        return framed(0x30, body.toByteArray());
    }

    private static byte[] large(int first, int size) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "t");
        body.write(0);
        body.writeBytes(new byte[size]);
        return framed(first, body.toByteArray());
    }

    private static byte[] framed(int first, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        length(packet, body.length);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        to.write(bytes.length >> 8);
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    /** A variable byte integer (1.5.5). */
    private static void length(ByteArrayOutputStream to, int length) {
        int left = length;
        while (left >= VARINT_ENDS_BELOW) {
            to.write((left & 0x7F) | 0x80);
            left >>= 7;
        }
        to.write(left);
    }
}
