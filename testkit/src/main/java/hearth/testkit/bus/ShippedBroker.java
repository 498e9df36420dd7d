package hearth.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Mosquitto with the shipped configuration; only its paths and ports are changed for the test. */
public final class ShippedBroker implements AutoCloseable {

    private final Mosquitto broker;
    private final int people;

    private ShippedBroker(Mosquitto broker, int people) {
        this.broker = broker;
        this.people = people;
    }

    /** @param folder folder for its database */
    public static ShippedBroker of(Enrolment enrolment, Path folder) throws IOException {
        int devices = LoopbackServer.freePort();
        int people = LoopbackServer.freePort();
        String text = Files.readString(enrolment.file("broker/hearth.conf"));
        for (String[] replacement : new String[][] {
            {"listener 8883\n", "listener " + devices + " 127.0.0.1\n"},
            {"listener 8884\n", "listener " + people + " 127.0.0.1\n"},
            {" /etc/mosquitto/hearth/", " " + enrolment.file("broker") + "/"},
            {" /var/lib/mosquitto/", " " + folder + "/"}
        }) {
            assertThat(text).contains(replacement[0]);
            text = text.replace(replacement[0], replacement[1]);
        }
        assertThat(text).doesNotContain(" /etc/", " /var/");
        return new ShippedBroker(Mosquitto.withConfiguration(folder, devices, text), people);
    }

    /** The address for devices with a certificate. */
    public URI devices() {
        return URI.create("mqtts://localhost:" + broker.port());
    }

    /** The address for accounts with a password. */
    public URI people() {
        return URI.create("mqtts://localhost:" + people);
    }

    /** Makes it read access rights, passwords and revocations again, like {@code systemctl reload}. */
    public void reload() throws IOException, InterruptedException {
        broker.reload();
    }

    /**
     * Restarts it like {@code systemctl restart}.
     *
     * @return the time until it had ended and all clients were disconnected
     */
    public Duration restart() throws IOException {
        long begin = System.nanoTime();
        broker.stop();
        Duration stopTime = Duration.ofNanos(System.nanoTime() - begin);
        broker.start();
        return stopTime;
    }

    public void freeze() throws IOException, InterruptedException {
        broker.freeze();
    }

    public void thaw() throws IOException, InterruptedException {
        broker.thaw();
    }

    public boolean isAlive() {
        return broker.isAlive();
    }

    public long pid() {
        return broker.pid();
    }

    @Override
    public void close() {
        broker.close();
    }
}
