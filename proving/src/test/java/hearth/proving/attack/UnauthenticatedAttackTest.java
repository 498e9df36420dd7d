package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.attack.MqttPackets.ConnectOptions;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An attacker in the local network without key and password. */
@Tag("broker")
@Timeout(180)
final class UnauthenticatedAttackTest {

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final AttackExtension ATTACK = new AttackExtension("strangers", () -> folder);

    private final ShippedSystem system = ATTACK.system();

    @Test
    @Fault("Ga")
    void aClientWithoutCredentialsIsRejected() throws Exception {
        int tries = 0;
        int through = 0;
        for (int port : openPorts()) {
            for (int version : new int[] {4, 5}) {
                for (ConnectOptions login : List.of(
                        ConnectOptions.withClientId("stranger"),
                        ConnectOptions.withClientId(""),
                        ConnectOptions.withClientId("airco").withPassword("airco", ""),
                        ConnectOptions.withClientId("owner").withPassword("owner", ""))) {
                    try (RawMqttClient client = new RawMqttClient(system.tls(), port, version)) {
                        tries++;
                        through += client.connect(login) == 0 ? 1 : 0;
                    }
                }
            }
        }

        ATTACK.held(
                1,
                "connect without certificate and without password, MQTT 3.1.1 and 5",
                tries,
                through,
                "the broker requires one of the two");
    }

    @Test
    @Fault("Ga")
    void aThousandWrongPasswordsFailAndBlockNoOtherClient() throws Exception {
        SocketFactory tls = system.tls();
        int port = system.broker().people().getPort();
        Random random = new Random(6);
        int through = 0;
        for (int i = 0; i < 1000; i++) {
            String guess = i % 10 == 0 ? "owner" : Long.toHexString(random.nextLong());
            try (RawMqttClient client = new RawMqttClient(tls, port, i % 2 == 0 ? 5 : 4)) {
                through +=
                        client.connect(ConnectOptions.withClientId("owner").withPassword("owner", guess)) == 0 ? 1 : 0;
            }
            if (i % 250 == 0) {
                system.assertOwnerObeyed();
            }
        }

        ATTACK.held(
                2,
                "wrong passwords for `owner`",
                1000,
                through,
                "Mosquitto has no lock-out, so passwords are 256 random bits; the owner's commands worked meanwhile");
    }

    @Test
    @Fault("Ga")
    void thereIsNoPortWithoutTls() throws Exception {
        int tries = 0;
        int through = 0;
        for (int port : openPorts()) {
            for (int version : new int[] {4, 5}) {
                try (RawMqttClient client = new RawMqttClient(SocketFactory.getDefault(), port, version)) {
                    tries++;
                    String secret = system.enrolment().secret("owner");
                    through +=
                            client.connect(ConnectOptions.withClientId("owner").withPassword("owner", secret)) == 0
                                    ? 1
                                    : 0;
                }
            }
        }

        assertThat(ProcessPorts.tcpListening(system.broker().pid())).isEqualTo(Set.copyOf(openPorts()));
        ATTACK.held(
                3,
                "connect without TLS, even with the correct password",
                tries,
                through,
                "the broker has only the ports 8883 and 8884, both with TLS");
    }

    @Test
    @Fault("Ga")
    void oldOrWeakTlsIsRejected() throws Exception {
        int tls12 = 0x0303;
        int[][] offers = {
            {0x0300, 0x002F}, // SSL 3
            {0x0301, 0xC009}, // TLS 1.0
            {0x0302, 0xC009}, // TLS 1.1
            {0x0302, 0xC02B}, // TLS 1.1, with a suite of 1.2
            {tls12, 0x0002}, // NULL
            {tls12, 0x003B}, // NULL, SHA-256
            {tls12, 0xC006}, // NULL, ECDHE
            {tls12, 0x0005}, // RC4
            {tls12, 0xC007}, // RC4, ECDHE
            {tls12, 0xC008}, // 3DES
            {tls12, 0xC018}, // anonymous
            {tls12, 0x002F}, // CBC
            {tls12, 0xC009}, // CBC, ECDHE
            {tls12, 0xC023} // CBC, ECDHE, SHA-256
        };
        int through = 0;
        for (int port : openPorts()) {
            for (int[] offer : offers) {
                through += TlsClientHello.isAccepted(port, offer[0], offer[1]) ? 1 : 0;
            }
            assertThat(TlsClientHello.isAccepted(port, tls12, 0xC02B))
                    .as("TLS 1.2 with a good cipher")
                    .isTrue();
        }

        ATTACK.held(
                4,
                "connect with SSL 3, TLS 1.0 or 1.1; with cipher NULL, RC4, 3DES or CBC; without authentication",
                offers.length * openPorts().size(),
                through,
                "the broker accepts only TLS 1.2 or newer, with AES-GCM or ChaCha20");
    }

    @Test
    @Fault("Ga")
    void aFloodOfSilentOrInvalidConnectionsBlocksNoOtherClient() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Socket socket = new Socket("localhost", openPorts().get(i % 2));
            silent.add(socket);
            if (i % 10 == 0) {
                socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1}); // A very slow client.
            }
        }
        Random random = new Random(7);
        List<byte[]> nonsense = new ArrayList<>();
        nonsense.add(new byte[] {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F}); // Announces 256 MiB.
        nonsense.add(new byte[] {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F}); // An invalid length.
        for (int i = 0; i < 100; i++) {
            byte[] some = new byte[1 + random.nextInt(200)];
            random.nextBytes(some);
            some[0] &= (byte) (i % 2 == 0 ? 0xFF : 0x1F);
            nonsense.add(some);
        }
        SocketFactory tls = system.tls();
        List<RawMqttClient> clients = new ArrayList<>();
        for (byte[] bytes : nonsense) {
            RawMqttClient client =
                    new RawMqttClient(tls, system.broker().people().getPort(), 5);
            clients.add(client);
            client.send(bytes);
        }

        system.assertOwnerObeyed();
        system.connectedPerson("guest").close();

        for (RawMqttClient client : clients) {
            client.close();
        }
        for (Socket socket : silent) {
            socket.close();
        }
        ATTACK.held(
                7,
                "500 connections that send nothing or only the first bytes of a TLS handshake; MQTT packets with a"
                        + " length of 256 MiB, with an invalid length, and of random bytes",
                silent.size() + nonsense.size(),
                0,
                "the nodes stay connected and a new client can connect. With 600 such connections on each port no new"
                        + " client can connect for 90 s: see the nftables rule in install.md");
    }

    @Test
    @Fault("Ga")
    void aNodeHasNoPortToScan() throws Exception {
        int through = 0;
        for (long pid : List.of(
                system.thermostat().process().pid(), system.coffee().process().pid())) {
            through += ProcessPorts.tcpListening(pid).size()
                    + ProcessPorts.udpOpen(pid).size();
        }

        ATTACK.held(
                8,
                "find an open TCP or UDP port of the thermostat or the coffee machine",
                2 * 2 * 65535,
                through,
                "a node has no open port");
    }

    @Test
    @Fault("Ga")
    void aRecordedConnectionCannotBeReplayed() throws Exception {
        try (RecordingProxy line = new RecordingProxy(system.broker().people().getPort())) {
            try (RawMqttClient guest = new RawMqttClient(system.tls(), line.proxyPort(), 5)) {
                String secret = system.enrolment().secret("guest");
                assertThat(guest.connect(ConnectOptions.withClientId("guest").withPassword("guest", secret)))
                        .isZero();
                String wish = "{\"id\":\"owner-guest\",\"value\":20.0}";
                assertThat(guest.publish("home/airco/target/set", wish, false)).isZero();
                ShippedSystem.awaitCondition(() -> answers() == 1);
            }
            byte[] recorded = line.recorded();
            assertThat(new String(recorded, ISO_8859_1)).doesNotContain("owner-guest", "target/set");

            for (int i = 0; i < 10; i++) {
                replay(recorded);
            }
        }

        system.assertOwnerObeyed();
        int through = (int) answers() - 1;
        ATTACK.held(
                9,
                "record a TLS connection that contains a command, and send the same bytes again",
                10,
                through,
                "TLS uses new keys for each connection");
    }

    @Test
    @Fault("Ga")
    void aRejectedClientNeitherReceivesNorPublishes() throws Exception {
        List<byte[]> words = List.of(
                MqttPackets.subscribe(5, 1, "#", 0),
                MqttPackets.subscribe(5, 1, "$SYS/#", 0),
                MqttPackets.subscribe(4, 1, "home/#", 0),
                MqttPackets.publish(5, 1, "home/airco/target/set", new byte[] {'3', '0'}, 1, false),
                MqttPackets.publish(4, 1, "home/coffee/brew/set", "PRESS".getBytes(UTF_8), 0, false));
        int through = 0;
        for (int port : openPorts()) {
            for (byte[] word : words) {
                try (RawMqttClient client = new RawMqttClient(system.tls(), port, 5)) {
                    client.send(word);
                    client.awaitDisconnect();
                    through += client.received().size();
                }
            }
        }

        ATTACK.held(
                12,
                "before login: subscribe to `#` and `$SYS/#`, publish a target and a brew command",
                words.size() * 2,
                through,
                "the broker closes the connection and sends nothing");
    }

    private void replay(byte[] recorded) throws IOException {
        try (Socket socket = new Socket("localhost", system.broker().people().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(recorded);
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            // The broker closed the connection with a reset.
        }
    }

    private long answers() {
        return system.monitor().received("home/airco/result").stream()
                .filter(result -> result.contains("owner-guest"))
                .count();
    }

    private List<Integer> openPorts() {
        return List.of(
                system.broker().devices().getPort(), system.broker().people().getPort());
    }
}
