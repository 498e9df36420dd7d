package hearth.proving.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.coffee.CoffeeNode;
import hearth.common.runtime.NodeType;
import hearth.proving.attack.MqttPackets.ConnectOptions;
import hearth.testkit.MockBoard;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Enrolment;
import hearth.testkit.bus.ShippedBroker;
import hearth.thermostat.ThermostatNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The system as shipped: the broker with its configuration, a thermostat and a coffee machine as processes on mock
 * boards, all enrolled by {@code hearth-enrol}; an owner, and a monitor that receives all messages.
 */
final class ShippedSystem implements AutoCloseable {

    static final int HEAT = 17;
    static final int MACHINE = 22;

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Closeable> toClose = new ArrayList<>();
    private final Enrolment enrolment;
    private final ShippedBroker broker;
    private final MockBoard thermostatBoard;
    private final MockBoard coffeeBoard;
    private final NodeProcess thermostat;
    private final NodeProcess coffee;
    private RawMqttClient owner;
    private RawMqttClient monitor;
    private String target = "20.0";
    private int commandCount;
    private List<MockBoard.OutputChange> switchings = List.of();

    /** @param speed the value of {@code --speed} */
    ShippedSystem(Path folder, int speed) throws Exception {
        enrolment = Enrolment.in(
                folder.resolve("keys"), "airco thermostat", "coffee", "car", "owner", "guest owner", "monitor reader");
        broker = ShippedBroker.of(enrolment, Files.createDirectories(folder.resolve("broker")));
        toClose.add(broker::close);
        thermostatBoard = new MockBoard(folder.resolve("room"));
        coffeeBoard = new MockBoard(folder.resolve("kitchen"));
        owner = connectedPerson("owner");
        monitor = connectedPerson("monitor");
        assertThat(monitor.subscribe("home/#", 0)).isZero();
        thermostat = start(folder, "airco", ThermostatNode.class, thermostatBoard, speed, """
                airco.heat.gpio = %d
                airco.heat.min-off = 0s
                airco.heat.min-on = 0s
                """.formatted(HEAT));
        coffee = start(folder, "coffee", CoffeeNode.class, coffeeBoard, speed, """
                coffee.gpio = %d
                coffee.brew-time = 30s
                coffee.keep-warm = 0s
                coffee.lock-out = 2m
                coffee.per-day = 2
                """.formatted(MACHINE));
        awaitCondition(
                thermostat, () -> monitor().lastReceived("home/airco/target").equals("20.0"));
        awaitCondition(coffee, () -> monitor().lastReceived("home/coffee/phase").equals("idle"));
        saveBaseline();
    }

    private NodeProcess start(
            Path folder, String name, Class<? extends NodeType<?>> main, MockBoard board, int speed, String more)
            throws IOException {
        Path given = enrolment.file("devices/" + name);
        Path config = Files.writeString(
                folder.resolve(name + ".conf"), """
                node.name = %s
                broker.urls = %s
                broker.key-store = %s/broker.key-store
                broker.ca = %s/broker.ca
                %s""".formatted(name, broker.devices(), given, given, more));
        NodeProcess program = NodeProcess.start(
                folder.resolve(name + ".log"),
                main,
                "--config",
                config.toString(),
                "--mock",
                board.folder().toString(),
                "--speed",
                Integer.toString(speed));
        toClose.add(program::close);
        return program;
    }

    Enrolment enrolment() {
        return enrolment;
    }

    ShippedBroker broker() {
        return broker;
    }

    MockBoard thermostatBoard() {
        return thermostatBoard;
    }

    MockBoard coffeeBoard() {
        return coffeeBoard;
    }

    NodeProcess thermostat() {
        return thermostat;
    }

    NodeProcess coffee() {
        return coffee;
    }

    RawMqttClient owner() {
        return owner;
    }

    /** The messages so far. */
    RawMqttClient monitor() {
        assertThat(monitor.isConnected()).isTrue();
        return monitor;
    }

    /** Waits after a restart of the broker until all clients are connected again. */
    void reconnect() throws Exception {
        owner = connectedPerson("owner");
        monitor = connectedPerson("monitor");
        assertThat(monitor.subscribe("home/#", 0)).isZero();
        awaitCondition(() -> monitor().lastReceived("home/airco/status").equals("online"));
        awaitCondition(() -> monitor().lastReceived("home/coffee/status").equals("online"));
        assertOwnerObeyed();
    }

    /** Records the present state, which must not change from now on. */
    void saveBaseline() throws IOException {
        switchings = switchings();
    }

    /** No relay was switched, no setting changed, no node ended, and only the owner received answers. */
    void assertNothingChanged() throws Exception {
        assertOwnerObeyed(); // Afterwards all earlier messages have been processed.
        assertThat(switchings()).isEqualTo(switchings);
        assertThat(monitor().received("home/airco/target")).containsAnyOf("20.0", "20.5");
        assertThat(monitor.received("home/airco/target"))
                .allMatch(target -> target.equals("20.0") || target.equals("20.5"));
        assertThat(new HashSet<>(monitor.received("home/airco/mode"))).hasSize(1);
        assertThat(new HashSet<>(monitor.received("home/airco/preset"))).hasSize(1);
        assertThat(monitor.received("home/airco/result")).allMatch(result -> result.contains("\"id\":\"owner-"));
        assertThat(monitor.received("home/coffee/result")).isEmpty();
        assertThat(monitor.lastReceived("home/airco/status")).isEqualTo("online");
        assertThat(monitor.lastReceived("home/coffee/status")).isEqualTo("online");
        assertThat(broker.isAlive()).isTrue();
    }

    /** A command of the owner is executed, also during an attack. */
    void assertOwnerObeyed() throws Exception {
        target = target.equals("20.0") ? "20.5" : "20.0";
        String id = "owner-" + commandCount++;
        String wish = "{\"id\":\"%s\",\"value\":%s}".formatted(id, target);
        assertThat(owner.publish("home/airco/target/set", wish, false)).isZero();
        awaitCondition(thermostat, () -> monitor().received("home/airco/result").stream()
                .anyMatch(result -> result.contains(id) && result.contains("done")));
        awaitCondition(
                thermostat, () -> monitor().lastReceived("home/airco/target").equals(target));
    }

    static void awaitCondition(NodeProcess program, Callable<Boolean> condition) throws IOException {
        program.awaitCondition(condition);
    }

    static void awaitCondition(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private List<MockBoard.OutputChange> switchings() throws IOException {
        List<MockBoard.OutputChange> all = new ArrayList<>(thermostatBoard.changes());
        all.addAll(coffeeBoard.changes());
        return all;
    }

    /** A connected client with a password. */
    RawMqttClient connectedPerson(String name) throws Exception {
        RawMqttClient client = new RawMqttClient(tls(), broker.people().getPort(), 5);
        toClose.add(client);
        assertThat(client.connect(ConnectOptions.withClientId(name).withPassword(name, enrolment.secret(name))))
                .isZero();
        return client;
    }

    /** A client with the key of a device, not connected yet. */
    RawMqttClient unconnectedDevice(String name, int version) throws Exception {
        RawMqttClient client = new RawMqttClient(tls(name), broker.devices().getPort(), version);
        toClose.add(client);
        return client;
    }

    /** A TLS connection without a client certificate. */
    SSLSocketFactory tls() throws Exception {
        return tls(new KeyManager[0]);
    }

    /** A TLS connection with the key of a device. */
    SSLSocketFactory tls(String device) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(enrolment.keyStore(device), new char[0]);
        return tls(keys.getKeyManagers());
    }

    private SSLSocketFactory tls(KeyManager[] keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Certificate authority : enrolment.authorities()) {
            trusted.setCertificateEntry("ca", authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @Override
    public void close() throws IOException {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }
}
