package hearth.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Mosquitto with the very configuration that is shipped: its paths and ports aside, which are a test's own. */
public final class ShippedBroker implements AutoCloseable {

    private final Mosquitto broker;
    private final int people;

    private ShippedBroker(Mosquitto broker, int people) {
        this.broker = broker;
        this.people = people;
    }

    /** @param folder where it keeps what it has to remember */
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

    /** Where devices with a certificate connect. */
    public URI devices() {
        return URI.create("mqtts://localhost:" + broker.port());
    }

    /** Where those with a password do. */
    public URI people() {
        return URI.create("mqtts://localhost:" + people);
    }

    /** It reads rights, passwords and revocations again, as {@code systemctl reload} has it. */
    public void reload() throws IOException, InterruptedException {
        broker.reload();
    }

    /** As {@code systemctl restart} has it. @return how long it took until it was gone, and everybody was cut off */
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
