package hearth.common.mqtt;

import static hearth.common.mqtt.BusContract.LIMIT;
import static hearth.common.mqtt.BusContract.announcement;
import static hearth.common.mqtt.BusContract.state;
import static hearth.common.mqtt.BusContract.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.fault.Fault;
import hearth.common.value.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A car that is not at home meets the house at a broker with the very files that are shipped for it, and with
 * certificates made as the manual has it.
 */
final class CarAwayTest {

    private static final Path EXAMPLES = Path.of("../systemd/examples");
    private static final Duration SOON = Duration.ofMillis(200);

    @TempDir
    private static Path certificates;

    private static Certificates ours;
    private static Certificates theirs;

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final int inside = Mosquitto.freePort();
    private final int outside = Mosquitto.freePort();
    private Mosquitto broker;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ours = Certificates.in(certificates.resolve("ours"));
        theirs = Certificates.in(certificates.resolve("theirs"));
    }

    @BeforeEach
    void start() throws IOException {
        Files.copy(EXAMPLES.resolve("broker-with-a-car.acl"), folder.resolve("hearth.acl"));
        start(ours);
    }

    @AfterEach
    void end() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    @Test
    void theHouseHearsThatTheCarIsComing() throws Exception {
        Ear ear = new Ear();
        Ear status = new Ear();
        Bus house = connected(house());
        listen(house, "home/car/approach", ear);
        listen(house, "home/car/status", status);

        connected(car()).publish(state("home/car/approach", "coming", clock.in(Duration.ofMinutes(10))));

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(ear.texts()).containsExactly("coming");
            assertThat(status.texts()).containsExactly("online");
        });
        assertThat(ear.heard().get(0).lifetimeS()).isEqualTo(600);
    }

    @Test
    void theCarHearsWhatItIsAskedToDo() throws Exception {
        Ear ear = new Ear();
        Bus car = connected(car());
        listen(car, "home/car/reset/set", ear);

        connected(house()).publish(announcement("home/car/reset/set", "PRESS", 1));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(ear.texts()).containsExactly("PRESS"));
    }

    @Test
    void whatIsNotTheCarsToSayIsNotDelivered() throws Exception {
        Ear all = new Ear();
        Ear settled = new Ear();
        List<String> foreign =
                List.of("home/airco/target/set", "home/coffee/brew/set", "home/airco/status", "home/carport/approach");
        Bus house = connected(house());
        for (String topic : foreign) {
            listen(house, topic, all);
        }
        listen(house, "home/car/approach", all);
        Bus car = connected(car());

        for (String topic : foreign) {
            car.publish(announcement(topic, "forged", 1), told(settled));
            car.publish(state(topic, "forged and kept", clock.in(Duration.ofHours(1))), told(settled));
        }
        car.publish(announcement("home/car/approach", "its own", 1), told(settled));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(settled.texts()).hasSize(2 * foreign.size() + 1));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(all.texts()).contains("its own"));
        assertThat(all.texts()).containsExactly("its own");
        assertThat(settled.texts().stream().filter("true"::equals)).hasSize(1);
    }

    @Test
    void whatIsNotForTheCarItDoesNotHear() throws Exception {
        Bus house = connected(house());
        Ear ear = new Ear();
        Bus car = connected(car());
        List<String> foreign = List.of("home/airco/temperature", "home/coffee/brew/set", "home/airco/status");
        for (String topic : foreign) {
            listen(car, topic, ear);
        }
        listen(car, "home/car/reset/set", ear);

        foreign.forEach(topic -> house.publish(announcement(topic, "within the house", 1)));
        house.publish(announcement("home/car/reset/set", "PRESS", 1));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(ear.texts()).isNotEmpty());
        assertThat(ear.texts()).containsExactly("PRESS");
    }

    @Test
    void aCarThatCallsItselfAnotherIsStillTheCarAndTakesNobodysPlace() throws Exception {
        Ear ear = new Ear();
        Ear settled = new Ear();
        Bus airco = connected(bus("airco", Identity.NONE, within()));
        listen(airco, "home/airco/target", ear);
        Bus liar = bus("airco", identity(ours).withPassword("airco", "guessed".getBytes(UTF_8)), without());

        connected(liar).publish(announcement("home/airco/target", "30.0", 1), told(settled));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(settled.texts()).containsExactly("false"));
        connected(house()).publish(announcement("home/airco/target", "20.0", 1));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(ear.texts()).containsExactly("20.0"));
        assertThat(airco.counts().connections()).isEqualTo(1);
    }

    @Test
    void aStolenCarIsSilencedAsItStands() throws Exception {
        Ear ear = new Ear();
        Ear carsEar = new Ear();
        Ear settled = new Ear();
        Bus house = connected(house());
        listen(house, "home/car/approach", ear);
        Bus car = connected(car());
        listen(car, "home/car/reset/set", carsEar);
        Path rights = folder.resolve("hearth.acl");
        String all = Files.readString(rights);
        Files.writeString(rights, all.substring(0, all.indexOf("user car")));

        broker.reload();

        // The signal is taken up between two packets, some time.
        await().atMost(LIMIT).pollInterval(SOON).untilAsserted(() -> {
            car.publish(announcement("home/car/approach", "coming", 1), told(settled));
            assertThat(settled.texts()).endsWith("false");
        });
        int before = ear.texts().size();
        int told = settled.texts().size();
        for (int i = 0; i < 10; i++) {
            car.publish(announcement("home/car/approach", "coming", 1), told(settled));
        }
        house.publish(announcement("home/car/reset/set", "PRESS", 1));
        Ear last = new Ear();
        listen(house, "home/last", last);
        house.publish(announcement("home/last", "word", 1));
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(settled.texts()).hasSizeGreaterThanOrEqualTo(told + 10);
            assertThat(last.texts()).hasSize(1);
        });
        assertThat(ear.texts()).hasSize(before);
        assertThat(carsEar.texts()).isEmpty();
    }

    @Test
    void theCarComesBackByItselfWhenItsLineWasCut() throws Exception {
        Cable cable = new Cable(outside);
        toClose.add(cable);
        Ear ear = new Ear();
        Ear settled = new Ear();
        listen(connected(house()), "home/car/approach", ear);
        Bus car = connected(bus(
                "car",
                identity(ours),
                URI.create("mqtts://localhost:" + cable.url().getPort())));

        cable.pullOut();
        car.publish(announcement("home/car/approach", "in the tunnel", 1), told(settled));
        int dialled = cable.dialled();
        await().atMost(LIMIT).until(() -> cable.dialled() > dialled + 1);
        cable.plugIn();

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(ear.texts()).containsExactly("in the tunnel");
            assertThat(settled.texts()).containsExactly("true");
            assertThat(car.counts().connections()).isEqualTo(2);
        });
    }

    @Test
    void withoutACertificateNobodyComesIn() throws Exception {
        Identity nobody = Identity.NONE.trusting(authorities(ours));

        assertThat(reason(nobody, without()))
                .startsWith("the broker wants a certificate of this node (")
                .endsWith("): set broker.key-store");
    }

    @Test
    void withACertificateOfAnotherHouseNobodyComesIn() throws Exception {
        Identity stranger = identity(theirs).trusting(authorities(ours));

        // Two houses' authorities have the same name, so which of two words it is the broker's library decides.
        assertThat(reason(stranger, without()))
                .matches("the broker does not take this node's certificate \\((unknown_ca|decrypt_error)\\): one of the"
                        + " broker's own CA is wanted, valid by the broker's clock");
    }

    @Test
    void aBrokerOfAnotherHouseIsNotBelieved() throws Exception {
        Identity wanderer = identity(ours).trusting(authorities(theirs));

        assertThat(reason(wanderer, without()))
                .isEqualTo("the broker's certificate is signed by nobody that is trusted here: broker.ca must be the"
                        + " certificate of who did");
    }

    @Test
    void aBrokerOfAnotherNameIsNotBelieved() throws Exception {
        assertThat(reason(identity(ours), URI.create("mqtts://127.0.0.1:" + outside)))
                .startsWith("the broker's certificate is not made for 127.0.0.1 (")
                .endsWith("): broker.urls wants a name that it has");
    }

    @Test
    void withoutTlsNobodyComesInFromOutside() throws Exception {
        assertThat(reason(Identity.NONE, URI.create("mqtt://localhost:" + outside)))
                .endsWith("Should that port want TLS: broker.urls has mqtts:// then");
    }

    @Test
    void aPortWithoutTlsIsSaidToBeOne() throws Exception {
        assertThat(reason(identity(ours), URI.create("mqtts://localhost:" + inside)))
                .endsWith(" in the place of an answer in TLS: is it that port?");
    }

    @Test
    @Fault("H5")
    void aBrokersCertificateThatHasRunOutIsSaidSoAndItConnectsWithANewOne() throws Exception {
        Certificates old = Certificates.in(folder.resolve("old"));
        old.broker("-10d", 5);
        restart(old);
        assertThat(reason(identity(old), without()))
                .startsWith("the broker's certificate has run out (NotAfter: ")
                .endsWith("or this machine's clock is wrong: see timedatectl");
        Bus car = bus("car", identity(old), without());
        assertThat(car.connect(SOON)).isFalse();

        old.broker("-1d", 5);
        restart(old);

        assertThat(car.connect(LIMIT)).isTrue();
    }

    @Test
    @Fault("H5")
    void aBrokersCertificateOfTomorrowMeansThatTheClockIsWrong() throws Exception {
        Certificates early = Certificates.in(folder.resolve("early"));
        early.broker("+1d", 5);
        restart(early);

        assertThat(reason(identity(early), without()))
                .startsWith("the broker's certificate is not valid yet (NotBefore: ")
                .endsWith("this machine's clock is wrong, and it connects once that is right: see timedatectl");
    }

    @Test
    @Fault("H5")
    void theCarsOwnCertificateThatHasRunOutIsSaidSo() throws Exception {
        Certificates old = Certificates.in(folder.resolve("old"));
        old.car("-10d", 5);
        restart(old);

        assertThat(reason(identity(old), without()))
                .startsWith("the broker does not take this node's certificate (certificate_expired), which by this"
                        + " machine's clock is not valid today (NotAfter: ")
                .endsWith("): make it a new one, or see timedatectl");
    }

    /** Why one attempt after the other fails: a broker that hangs up may do so before its reason has arrived. */
    private String reason(Identity identity, URI where) throws InterruptedException {
        List<String> reasons = new CopyOnWriteArrayList<>();
        List<String> opened = new CopyOnWriteArrayList<>();
        BusThread thread = new BusThread("bus of a stranger");
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            int before = reasons.size();
            thread.execute(() -> new Link(
                            where,
                            identity,
                            "car",
                            "home/car/status",
                            "a run",
                            Patience.STANDARD,
                            thread,
                            message -> {},
                            (link, cause) -> reasons.add(link.reason(cause)))
                    .open(hadSession -> opened.add("opened")));
            await().atMost(LIMIT).until(() -> reasons.size() > before || !opened.isEmpty());
            return !opened.isEmpty()
                    || where.getPort() == inside
                    || !reasons.get(before).contains("reset by peer");
        });
        assertThat(opened).isEmpty();
        return reasons.get(reasons.size() - 1);
    }

    private Bus car() throws Exception {
        return bus("car", identity(ours), without());
    }

    private Bus house() {
        return bus("house", Identity.NONE, within());
    }

    private URI without() {
        return URI.create("mqtts://localhost:" + outside);
    }

    private URI within() {
        return URI.create("mqtt://127.0.0.1:" + inside);
    }

    private Bus bus(String name, Identity identity, URI where) {
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Math::random);
        Bus bus = new HiveMqBus(
                List.of(where),
                identity,
                name,
                "home/" + name + "/status",
                clock,
                Pace.REAL,
                quick,
                Patience.STANDARD.afterTakeover(Duration.ofSeconds(1)));
        toClose.add(() -> bus.disconnect(Duration.ZERO));
        return bus;
    }

    private static Bus connected(Bus bus) {
        assertThat(bus.connect(LIMIT)).isTrue();
        return bus;
    }

    private static void listen(Bus bus, String topic, Ear ear) {
        assertThat(bus.subscribe(new Subscription(topic, 1, false), ear, LIMIT)).isTrue();
    }

    private static Identity identity(Certificates house) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(house.file("car.p12"))) {
            store.load(in, new char[0]);
        }
        return Identity.NONE
                .withKey(store, store.aliases().nextElement(), new char[0])
                .trusting(authorities(house));
    }

    private static List<java.security.cert.Certificate> authorities(Certificates house) throws Exception {
        try (InputStream in = Files.newInputStream(house.file("ca.crt"))) {
            return List.of(CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    private void restart(Certificates house) throws IOException {
        broker.close();
        start(house);
    }

    /** The shipped file, with this test's folders and ports. */
    private void start(Certificates house) throws IOException {
        String text = Files.readString(EXAMPLES.resolve("broker-with-a-car.conf"));
        for (String[] each : List.of(
                new String[] {"listener 1883 localhost", "listener " + inside + " 127.0.0.1"},
                new String[] {"listener 8883", "listener " + outside + " 127.0.0.1"},
                new String[] {"/etc/mosquitto/certs/", house.file("") + "/"},
                new String[] {"acl_file /etc/mosquitto/", "acl_file " + folder + "/"})) {
            assertThat(text).contains(each[0]);
            text = text.replace(each[0], each[1]);
        }
        broker = Mosquitto.configured(folder, inside, text);
        toClose.add(broker);
    }
}
