package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.Identity;
import hearth.common.runtime.MonotonicClock;
import hearth.common.value.TimeScale;
import hearth.testkit.MockBoard;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Enrolment;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An attacker leads a node to another broker, or cuts it off from its own broker. */
@Tag("broker")
@Timeout(180)
final class ImpostorBrokerAttackTest {

    private static final AttackTable TABLE = new AttackTable("false-brokers");
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final int HEAT = ShippedSystem.HEAT;

    @TempDir
    private static Path folder;

    private static Enrolment enrolment;

    @BeforeAll
    static void enrol() throws Exception {
        enrolment = Enrolment.in(folder.resolve("ours"), "airco", "car");
        TABLE.notTestable(
                11,
                "false time by NTP, a false name by mDNS",
                "not possible on one machine. D1 to D5 and H5 of [faults.md](faults.md) show the clock rules, row 5 shows"
                        + " a false name");
    }

    @AfterAll
    static void end() throws IOException {
        TABLE.assertUpToDate();
    }

    @Test
    @Fault({"Ga", "H5"})
    void noFalseBrokerReceivesThePasswordAndTheRoomIsHeated() throws Exception {
        Map<String, ImpostorBroker> brokers = brokers();
        Identity airco = enrolment.identity("airco").withPassword("airco", PASSWORD.getBytes(UTF_8));
        List<HiveMqBus> buses = new ArrayList<>();
        for (ImpostorBroker broker : brokers.values()) {
            HiveMqBus bus = new HiveMqBus(
                    List.of(broker.url()),
                    airco,
                    "airco",
                    "home/airco/status",
                    new MonotonicClock(TimeScale.REAL_TIME),
                    TimeScale.REAL_TIME);
            bus.connect(Duration.ZERO);
            buses.add(bus);
        }
        MockBoard room = new MockBoard(folder.resolve("room"));
        try (NodeProcess thermostat =
                thermostat(room, brokers.get("of another CA").url().toString())) {
            ShippedSystem.awaitCondition(thermostat, () -> room.level(HEAT).equals("0"));
            room.setTemperature(15);

            ShippedSystem.awaitCondition(thermostat, () -> room.level(HEAT).equals("1"));
            ShippedSystem.awaitCondition(
                    thermostat,
                    () -> thermostat.outputText().contains("no trusted CA signed the broker's certificate"));
        }

        int through = 0;
        for (ImpostorBroker broker : brokers.values()) {
            ShippedSystem.awaitCondition(() -> broker.connectionCount() >= 2); // The first attempt has ended.
            String received = new String(broker.received(), ISO_8859_1);
            assertThat(received).doesNotContain(PASSWORD).doesNotContain("MQTT");
            through += received.contains(PASSWORD) ? 1 : 0;
        }
        assertThat(buses).noneMatch(bus -> bus.counts().online());
        for (HiveMqBus bus : buses) {
            bus.disconnect(Duration.ZERO);
        }
        for (ImpostorBroker broker : brokers.values()) {
            broker.close();
        }
        TABLE.held(
                5,
                "lead a node to a false broker, whose certificate is " + String.join(", ", brokers.keySet()),
                brokers.size(),
                through,
                "the node sends no password, logs the reason, and heats the room");
    }

    @Test
    @Fault("Ga")
    void withACaANodeNeverConnectsWithoutTls() throws Exception {
        int through = 0;
        List<String> urls =
                List.of("mqtt://localhost", "mqtts://localhost, mqtt://localhost", "ws://localhost", "tcp://localhost");
        for (String url : urls) {
            try (NodeProcess refused = thermostat(new MockBoard(folder.resolve("none")), url)) {
                through += refused.exitStatus() == 78 ? 0 : 1;
                assertThat(refused.outputText()).contains("broker.urls");
            }
        }

        TABLE.held(
                6,
                "settings with a CA and a broker address without TLS; for a broker without TLS see row 5",
                urls.size(),
                through,
                "the node does not start; it never uses MQTT without TLS instead");
    }

    @Test
    @Fault("Ga")
    void theRoomIsHeatedWhileTheBrokerDoesNotAnswer() throws Exception {
        Path besieged = Files.createDirectory(folder.resolve("besieged"));
        try (ShippedSystem house = new ShippedSystem(besieged, 6)) {
            house.broker().freeze();
            house.thermostatBoard().setTemperature(15);

            ShippedSystem.awaitCondition(
                    house.thermostat(),
                    () -> house.thermostatBoard().level(HEAT).equals("1"));
            house.thermostatBoard().setTemperature(21);
            ShippedSystem.awaitCondition(
                    house.thermostat(),
                    () -> house.thermostatBoard().level(HEAT).equals("0"));

            house.broker().thaw();
            house.reconnect();
        }
        TABLE.held(
                10,
                "drop all packets to the broker. This is not possible on one machine, so the test stops the broker with"
                        + " SIGSTOP, and it does not answer",
                1,
                0,
                "the thermostat heats to the target and stops; when the broker is back, the owner's commands work");
    }

    private static Map<String, ImpostorBroker> brokers() throws Exception {
        Map<String, ImpostorBroker> brokers = new LinkedHashMap<>();
        Enrolment theirs = Enrolment.in(folder.resolve("theirs"));
        brokers.put("of another CA", of(theirs));
        Enrolment elsewhere = enrolment.copiedTo(folder.resolve("elsewhere"));
        elsewhere.signBroker("-1d", 5, "elsewhere");
        brokers.put("of our CA for another host", of(elsewhere));
        Enrolment old = enrolment.copiedTo(folder.resolve("old"));
        old.signBroker("-10d", 5, "localhost");
        brokers.put("expired", of(old));
        Enrolment early = enrolment.copiedTo(folder.resolve("early"));
        early.signBroker("+1d", 5, "localhost");
        brokers.put("not valid yet", of(early));
        Enrolment own = enrolment.copiedTo(folder.resolve("own"));
        own.run(
                "openssl",
                "req",
                "-x509",
                "-key",
                "broker/broker.key",
                "-subj",
                "/CN=localhost",
                "-days",
                "5",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-out",
                "broker/broker.crt");
        brokers.put("self-signed", of(own));
        brokers.put("stolen from a device", ImpostorBroker.with(enrolment.keyStore("car"), new char[0]));
        brokers.put("missing (no TLS)", ImpostorBroker.withoutTls());
        return brokers;
    }

    private static ImpostorBroker of(Enrolment house) throws Exception {
        house.run(("openssl pkcs12 -export -inkey broker/broker.key -in broker/broker.crt -passout pass:secret -out"
                        + " broker.p12")
                .split(" "));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(house.file("broker.p12"))) {
            store.load(in, "secret".toCharArray());
        }
        return ImpostorBroker.with(store, "secret".toCharArray());
    }

    private static NodeProcess thermostat(MockBoard room, String urls) throws IOException {
        Path config = Files.writeString(
                Files.createTempFile(folder, "airco", ".conf"), """
                node.name = airco
                broker.urls = %s
                broker.ca = %s
                airco.heat.gpio = %d
                airco.heat.min-off = 0s
                """.formatted(urls, enrolment.file("ca.crt"), HEAT));
        return NodeProcess.start(
                Files.createTempFile(folder, "airco", ".log"),
                ThermostatNode.class,
                "--config",
                config.toString(),
                "--mock",
                room.folder().toString(),
                "--speed",
                "6");
    }
}
