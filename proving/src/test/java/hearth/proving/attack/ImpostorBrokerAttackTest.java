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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who leads a node to another broker, or cuts it off from its own. */
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
                "not on one machine. The rules for clocks are shown by D1 to D5 and H5 of [faults.md](faults.md), a false name"
                        + " by line 5");
    }

    @AfterAll
    static void end() throws IOException {
        TABLE.assertUpToDate();
    }

    @Test
    @Fault({"Ga", "H5"})
    void noFalseBrokerIsToldThePasswordAndTheHouseStaysWarm() throws Exception {
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
                thermostat(room, brokers.get("another house's").url().toString())) {
            ShippedSystem.awaitCondition(thermostat, () -> room.level(HEAT).equals("0"));
            room.setTemperature(15);

            ShippedSystem.awaitCondition(thermostat, () -> room.level(HEAT).equals("1"));
            ShippedSystem.awaitCondition(
                    thermostat, () -> thermostat.outputText().contains("signed by nobody that is trusted here"));
        }

        int through = 0;
        for (ImpostorBroker broker : brokers.values()) {
            ShippedSystem.awaitCondition(() -> broker.connectionCount() >= 2); // So the first try was over.
            String told = new String(broker.received(), ISO_8859_1);
            assertThat(told).doesNotContain(PASSWORD).doesNotContain("MQTT");
            through += told.contains(PASSWORD) ? 1 : 0;
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
                "a false broker: " + String.join(", ", brokers.keySet()),
                brokers.size(),
                through,
                "no password is sent, the journal says why, and the room is heated");
    }

    @Test
    @Fault("Ga")
    void onceThereIsACaNothingGoesWithoutTls() throws Exception {
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
                "an address without TLS in the settings, where there is a CA; a broker without TLS (in line 5)",
                urls.size(),
                through,
                "refused at the start; there is nothing to fall back to");
    }

    @Test
    @Fault("Ga")
    void whileTheBrokerAnswersNothingTheRoomIsHeated() throws Exception {
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
                "packets to the broker are lost: not on one machine, so the broker answers nothing at all (SIGSTOP)",
                1,
                0,
                "it heats to the target and stops; when the broker is back the owner is obeyed");
    }

    private static Map<String, ImpostorBroker> brokers() throws Exception {
        Map<String, ImpostorBroker> brokers = new LinkedHashMap<>();
        Enrolment theirs = Enrolment.in(folder.resolve("theirs"));
        brokers.put("another house's", of(theirs));
        Enrolment elsewhere = enrolment.copiedTo(folder.resolve("elsewhere"));
        elsewhere.signBroker("-1d", 5, "elsewhere");
        brokers.put("our CA's for another host", of(elsewhere));
        Enrolment old = enrolment.copiedTo(folder.resolve("old"));
        old.signBroker("-10d", 5, "localhost");
        brokers.put("one that has run out", of(old));
        Enrolment early = enrolment.copiedTo(folder.resolve("early"));
        early.signBroker("+1d", 5, "localhost");
        brokers.put("one that is not valid yet", of(early));
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
        brokers.put("one that signed itself", of(own));
        brokers.put("a stolen device's key", ImpostorBroker.with(enrolment.keyStore("car"), new char[0]));
        brokers.put("none", ImpostorBroker.withoutTls());
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
