package hearth.simulator.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.coffee.CoffeeNode;
import hearth.common.hal.mock.Board;
import hearth.common.mqtt.Enrolment;
import hearth.common.mqtt.ShippedBroker;
import hearth.common.runtime.Device;
import hearth.common.runtime.Program;
import hearth.simulator.attack.Packets.Login;
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
 * A house as it ships: the broker with its configuration, a thermostat and a coffee machine as programs of their own on
 * mock boards, all let in by {@code hearth-enrol}; its owner, and an ear that hears all there is to hear.
 */
final class Besieged implements AutoCloseable {

    static final int HEAT = 17;
    static final int MACHINE = 22;

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Closeable> toClose = new ArrayList<>();
    private final Enrolment enrolment;
    private final ShippedBroker broker;
    private final Board room;
    private final Board kitchen;
    private final Program thermostat;
    private final Program coffee;
    private RawClient owner;
    private RawClient ear;
    private String target = "20.0";
    private int wishes;
    private List<Board.Change> switchings = List.of();

    /** @param speed of the house, as {@code --speed} has it */
    Besieged(Path folder, int speed) throws Exception {
        enrolment = Enrolment.in(
                folder.resolve("keys"), "airco thermostat", "coffee", "car", "owner", "guest owner", "ear reader");
        broker = ShippedBroker.of(enrolment, Files.createDirectories(folder.resolve("broker")));
        toClose.add(broker::close);
        room = new Board(folder.resolve("room"));
        kitchen = new Board(folder.resolve("kitchen"));
        owner = person("owner");
        ear = person("ear");
        assertThat(ear.subscribe("home/#", 0)).isZero();
        thermostat = start(folder, "airco", ThermostatNode.class, room, speed, """
                airco.heat.gpio = %d
                airco.heat.min-off = 0s
                airco.heat.min-on = 0s
                """.formatted(HEAT));
        coffee = start(folder, "coffee", CoffeeNode.class, kitchen, speed, """
                coffee.gpio = %d
                coffee.brew-time = 30s
                coffee.keep-warm = 0s
                coffee.lock-out = 2m
                coffee.per-day = 2
                """.formatted(MACHINE));
        until(thermostat, () -> ear().last("home/airco/target").equals("20.0"));
        until(coffee, () -> ear().last("home/coffee/phase").equals("idle"));
        remember();
    }

    private Program start(
            Path folder, String name, Class<? extends Device<?>> main, Board board, int speed, String more)
            throws IOException {
        Path given = enrolment.file("devices/" + name);
        Path config = Files.writeString(
                folder.resolve(name + ".conf"), """
                node.name = %s
                broker.urls = %s
                broker.key-store = %s/broker.key-store
                broker.ca = %s/broker.ca
                %s""".formatted(name, broker.devices(), given, given, more));
        Program program = Program.start(
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

    Board room() {
        return room;
    }

    Board kitchen() {
        return kitchen;
    }

    Program thermostat() {
        return thermostat;
    }

    Program coffee() {
        return coffee;
    }

    RawClient owner() {
        return owner;
    }

    /** What is said in the house until now. */
    RawClient ear() {
        assertThat(ear.lives()).isTrue();
        return ear;
    }

    /** After the broker was started anew: until everybody is back. */
    void listenAgain() throws Exception {
        owner = person("owner");
        ear = person("ear");
        assertThat(ear.subscribe("home/#", 0)).isZero();
        until(() -> ear().last("home/airco/status").equals("online"));
        until(() -> ear().last("home/coffee/status").equals("online"));
        theOwnerIsObeyed();
    }

    /** From now on nothing is to move. */
    void remember() throws IOException {
        switchings = switchings();
    }

    /** No relay was switched, no setting changed, no node fell over, and nobody was answered but the owner. */
    void nothingMoved() throws Exception {
        theOwnerIsObeyed(); // So whatever was sent before this has been looked at.
        assertThat(switchings()).isEqualTo(switchings);
        assertThat(ear().heard("home/airco/target")).containsAnyOf("20.0", "20.5");
        assertThat(ear.heard("home/airco/target")).allMatch(said -> said.equals("20.0") || said.equals("20.5"));
        assertThat(new HashSet<>(ear.heard("home/airco/mode"))).hasSize(1);
        assertThat(new HashSet<>(ear.heard("home/airco/preset"))).hasSize(1);
        assertThat(ear.heard("home/airco/result")).allMatch(result -> result.contains("\"id\":\"owner-"));
        assertThat(ear.heard("home/coffee/result")).isEmpty();
        assertThat(ear.last("home/airco/status")).isEqualTo("online");
        assertThat(ear.last("home/coffee/status")).isEqualTo("online");
        assertThat(broker.isAlive()).isTrue();
    }

    /** Whatever else is going on. */
    void theOwnerIsObeyed() throws Exception {
        target = target.equals("20.0") ? "20.5" : "20.0";
        String id = "owner-" + wishes++;
        String wish = "{\"id\":\"%s\",\"value\":%s}".formatted(id, target);
        assertThat(owner.publish("home/airco/target/set", wish, false)).isZero();
        until(thermostat, () -> ear().heard("home/airco/result").stream()
                .anyMatch(result -> result.contains(id) && result.contains("done")));
        until(thermostat, () -> ear().last("home/airco/target").equals(target));
    }

    static void until(Program program, Callable<Boolean> condition) throws IOException {
        program.until(condition);
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private List<Board.Change> switchings() throws IOException {
        List<Board.Change> all = new ArrayList<>(room.changes());
        all.addAll(kitchen.changes());
        return all;
    }

    /** One who has a password, let in. */
    RawClient person(String name) throws Exception {
        RawClient client = new RawClient(tls(), broker.people().getPort(), 5);
        toClose.add(client);
        assertThat(client.connect(Login.as(name).with(name, enrolment.secret(name))))
                .isZero();
        return client;
    }

    /** Whoever has the device's key, not let in yet. */
    RawClient device(String name, int version) throws Exception {
        RawClient client = new RawClient(tls(name), broker.devices().getPort(), version);
        toClose.add(client);
        return client;
    }

    /** As somebody without a key. */
    SSLSocketFactory tls() throws Exception {
        return tls(new KeyManager[0]);
    }

    /** As somebody with the device's key. */
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
