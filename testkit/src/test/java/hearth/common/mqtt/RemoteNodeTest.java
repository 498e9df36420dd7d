package hearth.common.mqtt;

import static hearth.common.mqtt.BusContract.LIMIT;
import static hearth.common.mqtt.BusContract.announcement;
import static hearth.common.mqtt.BusContract.recordIn;
import static hearth.common.mqtt.BusContract.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.Enrolment;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.ShippedBroker;
import hearth.testkit.bus.TcpProxy;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A car connects from outside to the shipped broker, with a certificate from {@code hearth-enrol}. The house uses the
 * listener for accounts with a password.
 */
@Tag("broker")
final class RemoteNodeTest {

    private static final Duration SOON = Duration.ofMillis(200);

    @TempDir
    private static Path houses;

    private static Enrolment ours;
    private static Enrolment theirs;

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private Enrolment enrolled;
    private ShippedBroker broker;

    @BeforeAll
    static void enrol() throws Exception {
        ours = Enrolment.in(houses.resolve("ours"), "car", "airco", "house owner");
        theirs = Enrolment.in(houses.resolve("theirs"), "car");
    }

    @BeforeEach
    void start() throws IOException {
        enrolled = ours.copiedTo(folder.resolve("house"));
        broker = ShippedBroker.of(enrolled, Files.createDirectories(folder.resolve("broker")));
        toClose.add(broker);
    }

    @AfterEach
    void end() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    @Test
    void theHouseReceivesTheCarsApproach() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector status = new MessageCollector();
        Bus house = connected(house());
        listen(house, "home/car/approach", collector);
        listen(house, "home/car/status", status);

        connected(car()).publish(state("home/car/approach", "coming", clock.in(Duration.ofMinutes(10))));

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(collector.texts()).containsExactly("coming");
            assertThat(status.texts()).containsExactly("online");
        });
        assertThat(collector.messages().get(0).lifetimeS()).isEqualTo(600);
    }

    @Test
    void theCarReceivesItsCommands() throws Exception {
        MessageCollector collector = new MessageCollector();
        Bus car = connected(car());
        listen(car, "home/car/reset/set", collector);

        connected(house()).publish(announcement("home/car/reset/set", "PRESS", 1));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(collector.texts()).containsExactly("PRESS"));
    }

    @Test
    void messagesThatTheCarMayNotPublishAreNotDelivered() throws Exception {
        MessageCollector all = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        List<String> foreign = List.of(
                "home/airco/target/set",
                "home/coffee/brew/set",
                "home/airco/status",
                "home/carport/approach",
                "home/car/diary",
                "home/car/reset/set");
        Bus house = connected(house());
        for (String topic : foreign) {
            listen(house, topic, all);
        }
        listen(house, "home/car/approach", all);
        Bus car = connected(car());

        for (String topic : foreign) {
            car.publish(announcement(topic, "forged", 1), recordIn(settled));
            car.publish(state(topic, "forged and kept", clock.in(Duration.ofHours(1))), recordIn(settled));
        }
        car.publish(announcement("home/car/approach", "its own", 1), recordIn(settled));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(settled.texts()).hasSize(2 * foreign.size() + 1));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(all.texts()).contains("its own"));
        assertThat(all.texts()).containsExactly("its own");
        assertThat(settled.texts().stream().filter("true"::equals)).hasSize(1);
    }

    @Test
    void theCarDoesNotReceiveMessagesForOthers() throws Exception {
        Bus house = connected(house());
        MessageCollector collector = new MessageCollector();
        Bus car = connected(car());
        List<String> foreign = List.of("home/airco/target/set", "home/coffee/brew/set", "home/carport/reset/set");
        for (String topic : foreign) {
            listen(car, topic, collector);
        }
        listen(car, "home/car/reset/set", collector);

        foreign.forEach(topic -> house.publish(announcement(topic, "within the house", 1)));
        house.publish(announcement("home/car/reset/set", "PRESS", 1));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(collector.texts()).isNotEmpty());
        assertThat(collector.texts()).containsExactly("PRESS");
    }

    @Test
    void aCarWithAnotherClientIdStaysTheCarAndTakesOverNoSession() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        Bus airco = connected(bus("airco", ours.identity("airco"), broker.devices()));
        listen(airco, "home/airco/target/set", collector);
        Identity lie = ours.identity("car").withPassword("airco", "guessed".getBytes(UTF_8));
        Bus liar = bus("airco", lie, broker.devices());

        connected(liar).publish(announcement("home/airco/target/set", "30.0", 1), recordIn(settled));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(settled.texts()).containsExactly("false"));
        connected(house()).publish(announcement("home/airco/target/set", "20.0", 1));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(collector.texts()).containsExactly("20.0"));
        assertThat(airco.counts().connections()).isEqualTo(1);
    }

    /** For a live connection with a certificate, Mosquitto 2.0 only reads the access rights again. */
    @Test
    void aCarThatLosesItsRightsCanNoLongerPublish() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector carsCollector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        Bus house = connected(house());
        listen(house, "home/car/approach", collector);
        Bus car = connected(car());
        listen(car, "home/car/reset/set", carsCollector);
        Path rights = enrolled.file("broker/rights");
        Files.writeString(rights, Files.readString(rights).replace("user car\n", "user nobody\n"));

        broker.reload();

        // The signal is handled between two packets.
        await().atMost(LIMIT).pollInterval(SOON).untilAsserted(() -> {
            car.publish(announcement("home/car/approach", "coming", 1), recordIn(settled));
            assertThat(settled.texts()).endsWith("false");
        });
        int before = collector.texts().size();
        int settledBefore = settled.texts().size();
        for (int i = 0; i < 10; i++) {
            car.publish(announcement("home/car/approach", "coming", 1), recordIn(settled));
        }
        house.publish(announcement("home/car/reset/set", "PRESS", 1));
        MessageCollector last = new MessageCollector();
        listen(house, "home/last/word/set", last);
        house.publish(announcement("home/last/word/set", "said", 1));
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(settled.texts()).hasSizeGreaterThanOrEqualTo(settledBefore + 10);
            assertThat(last.texts()).hasSize(1);
        });
        assertThat(collector.texts()).hasSize(before);
        assertThat(carsCollector.texts()).isEmpty();
    }

    @Test
    void aRevokedCarIsDisconnectedAndRejectedWithTheReason() throws Exception {
        Bus house = connected(house());
        Bus car = connected(car());
        enrolled.enrol("--revoke", "car");

        broker.restart();

        await().atMost(LIMIT).until(() -> !car.counts().online());
        await().atMost(LIMIT).until(() -> house.counts().connections() == 2);
        assertThat(reason(ours.identity("car"), broker.devices()))
                .isEqualTo("the broker rejects this node's certificate (certificate_revoked): it was revoked or"
                        + " replaced by a newer one; see hearth-enrol --list");
        assertThat(car.counts().connections()).isEqualTo(1);
    }

    @Test
    void aCarWithANewKeyIsAcceptedAndTheOldKeyIsRejected() throws Exception {
        enrolled.enrol("--rotate", "car");

        broker.restart();

        assertThat(reason(ours.identity("car"), broker.devices())).contains("certificate_revoked");
        connected(bus("car", enrolled.identity("car"), broker.devices()));
    }

    @Test
    void theCarReconnectsAfterACut() throws Exception {
        TcpProxy cable = new TcpProxy(broker.devices().getPort());
        toClose.add(cable);
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        listen(connected(house()), "home/car/approach", collector);
        Bus car = connected(bus(
                "car",
                ours.identity("car"),
                URI.create("mqtts://localhost:" + cable.url().getPort())));

        cable.unplug();
        car.publish(announcement("home/car/approach", "in the tunnel", 1), recordIn(settled));
        int dialled = cable.connectionCount();
        await().atMost(LIMIT).until(() -> cable.connectionCount() > dialled + 1);
        cable.plugIn();

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(collector.texts()).containsExactly("in the tunnel");
            assertThat(settled.texts()).containsExactly("true");
            assertThat(car.counts().connections()).isEqualTo(2);
        });
    }

    @Test
    void aClientWithoutACertificateIsRejected() throws Exception {
        Identity nobody = Identity.NONE.withAuthorities(ours.authorities());

        assertThat(reason(nobody, broker.devices()))
                .startsWith("the broker requires a client certificate (")
                .endsWith("): set broker.key-store");
    }

    @Test
    void aClientWithACertificateOfAnotherCaIsRejected() throws Exception {
        Identity foreign = theirs.identity("car").withAuthorities(ours.authorities());

        assertThat(reason(foreign, broker.devices()))
                .isEqualTo(
                        "the broker rejects this node's certificate (unknown_ca): use a certificate that the broker's"
                                + " CA signed and that is valid by the broker's clock");
    }

    @Test
    void aBrokerOfAnotherCaIsNotTrusted() throws Exception {
        Identity wanderer = ours.identity("car").withAuthorities(theirs.authorities());

        assertThat(reason(wanderer, broker.devices()))
                .isEqualTo("no trusted CA signed the broker's certificate: broker.ca must be the certificate of the"
                        + " CA that signed it");
    }

    @Test
    void aBrokerWithAnotherNameIsNotTrusted() throws Exception {
        enrolled.signBroker("-1d", 5, "elsewhere");
        broker.restart();

        assertThat(reason(ours.identity("car"), broker.devices()))
                .startsWith("the broker's certificate is not valid for the name localhost (")
                .endsWith("): use a name from the certificate in broker.urls");
    }

    @Test
    void aClientWithoutTlsIsRejected() throws Exception {
        assertThat(reason(
                        Identity.NONE,
                        URI.create("mqtt://localhost:" + broker.devices().getPort())))
                .endsWith("; if this port requires TLS, set broker.urls to mqtts://");
    }

    @Test
    void aPortWithoutTlsIsReported() throws Exception {
        Mosquitto plain = Mosquitto.in(Files.createDirectories(folder.resolve("plain")));
        toClose.add(plain);

        assertThat(reason(ours.identity("car"), URI.create("mqtts://localhost:" + plain.port())))
                .endsWith("the answer is not TLS: check the port in broker.urls");
    }

    @Test
    @Fault("H5")
    void anExpiredBrokerCertificateIsReportedAndTheNodeConnectsWithANewOne() throws Exception {
        enrolled.signBroker("-10d", 5, "localhost");
        broker.restart();
        assertThat(reason(ours.identity("car"), broker.devices()))
                .startsWith("the broker's certificate has expired (NotAfter: ")
                .endsWith("or correct the clock of this machine (timedatectl)");
        Bus car = car();
        assertThat(car.connect(SOON)).isFalse();

        enrolled.signBroker("-1d", 5, "localhost");
        broker.restart();

        assertThat(car.connect(LIMIT)).isTrue();
    }

    @Test
    @Fault("H5")
    void aBrokerCertificateOfTomorrowMeansThatTheClockIsWrong() throws Exception {
        enrolled.signBroker("+1d", 5, "localhost");
        broker.restart();

        assertThat(reason(ours.identity("car"), broker.devices()))
                .startsWith("the broker's certificate is not valid yet (NotBefore: ")
                .endsWith("the clock of this machine is wrong (timedatectl); the node connects when the clock is"
                        + " right");
    }

    @Test
    @Fault("H5")
    void anExpiredCertificateOfTheCarIsReported() throws Exception {
        enrolled.signDevice("car", "-10d", 5);

        assertThat(reason(enrolled.identity("car"), broker.devices()))
                .startsWith("the broker rejects this node's certificate (certificate_expired): by the clock of this"
                        + " machine it is not valid today (NotAfter: ")
                .endsWith("): create a new one, or correct the clock (timedatectl)");
    }

    /** The reasons why the attempts fail: a broker may close the connection before its reason has arrived. */
    private String reason(Identity identity, URI where) throws InterruptedException {
        List<String> reasons = new CopyOnWriteArrayList<>();
        List<String> opened = new CopyOnWriteArrayList<>();
        BusThread thread = new BusThread("bus of a stranger");
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            int before = reasons.size();
            thread.execute(() -> new MqttConnection(
                            where,
                            identity,
                            "car",
                            "home/car/status",
                            "a run",
                            Timeouts.STANDARD,
                            thread,
                            message -> {},
                            (link, cause) -> reasons.add(link.reason(cause)),
                            Mqtt5ClientBuilder::buildAsync)
                    .connect(hadSession -> opened.add("opened")));
            await().atMost(LIMIT).until(() -> reasons.size() > before || !opened.isEmpty());
            return !opened.isEmpty()
                    || where.getPort() != broker.devices().getPort()
                    || !reasons.get(before).contains("reset by peer");
        });
        assertThat(opened).isEmpty();
        return reasons.get(reasons.size() - 1);
    }

    private Bus car() throws Exception {
        return bus("car", ours.identity("car"), broker.devices());
    }

    private Bus house() throws Exception {
        return bus("house", ours.password("house"), broker.people());
    }

    private Bus bus(String name, Identity identity, URI where) {
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Math::random);
        Bus bus = new HiveMqBus(
                List.of(where),
                identity,
                name,
                "home/" + name + "/status",
                clock,
                TimeScale.REAL_TIME,
                quick,
                Timeouts.STANDARD.afterTakeover(Duration.ofSeconds(1)));
        toClose.add(() -> bus.disconnect(Duration.ZERO));
        return bus;
    }

    private static Bus connected(Bus bus) {
        assertThat(bus.connect(LIMIT)).isTrue();
        return bus;
    }

    private static void listen(Bus bus, String topic, MessageCollector collector) {
        assertThat(bus.subscribe(new Subscription(topic, 1, false), collector, LIMIT))
                .isTrue();
    }
}
