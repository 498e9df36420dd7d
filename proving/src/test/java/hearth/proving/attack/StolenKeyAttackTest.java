package hearth.proving.attack;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.HiveMqBus;
import hearth.common.runtime.MonotonicClock;
import hearth.common.value.TimeScale;
import hearth.proving.attack.MqttPackets.ConnectOptions;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A thief uses the key of the car to send arbitrary messages. */
@Tag("broker")
@Timeout(180)
final class StolenKeyAttackTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final AttackExtension ATTACK = new AttackExtension("thieves", () -> folder);

    private final ShippedSystem system = ATTACK.system();

    @Test
    @Fault("Gb")
    void messagesOutsideTheRightsOfTheCarAreNotDelivered() throws Exception {
        Set<String> foreign = new TreeSet<>(topics("airco"));
        foreign.addAll(topics("coffee"));
        foreign.addAll(topics("owner"));
        foreign.addAll(Set.of("home/car/reset/set", "home/car/diary", "home/car", "home"));
        int tries = 0;
        int before = system.monitor().received().size();
        for (int version : new int[] {4, 5}) {
            try (RawMqttClient thief = attacker(version)) {
                for (String topic : foreign) {
                    for (boolean retained : new boolean[] {false, true}) {
                        tries++;
                        // Version 3.1.1 has no negative acknowledgement.
                        assertThat(thief.publish(topic, "forged", retained))
                                .as(topic)
                                .isEqualTo(version == 5 ? 0x87 : 0);
                    }
                }
                assertThat(thief.publish("home/car/presence", "away", false)).isZero();
            }
        }

        List<RawMqttClient.ReceivedMessage> since = system.monitor().received();
        assertThat(since.subList(before, since.size()))
                .anyMatch(each -> each.topic().equals("home/car/presence"));
        int through = (int)
                since.stream().filter(each -> each.text().equals("forged")).count();
        ATTACK.held(
                1,
                "publish on topics of other accounts, retained and not retained, MQTT 3.1.1 and 5",
                tries,
                through,
                "MQTT 5: refused with 0x87; MQTT 3.1.1: acknowledged and discarded");
    }

    @Test
    @Fault("Gb")
    void theCarReceivesOnlyItsOwnMessages() throws Exception {
        List<String> filters = List.of(
                "#",
                "$SYS/#",
                "$share/g/#",
                "$share/g/home/#",
                "home/#",
                "home/+/+/set",
                "+/+/+",
                "home/airco/target/set",
                "home/airco/temperature",
                "home/+/status");
        int tries = 0;
        int through = 0;
        for (int version : new int[] {4, 5}) {
            try (RawMqttClient thief = attacker(version)) {
                for (String filter : filters) {
                    tries++;
                    thief.subscribe(filter, 0);
                }
                system.assertOwnerObeyed();
                assertThat(system.owner().publish("home/car/reset/set", "PRESS", false))
                        .isZero();
                assertThat(thief.isConnected()).isTrue();
                assertThat(thief.received("home/car/reset/set")).isNotEmpty();
                through += (int) thief.received().stream()
                        .filter(each -> !each.topic().startsWith("home/car/"))
                        .count();
            }
        }

        ATTACK.held(
                2,
                "subscribe to all topics, with ten topic filters, while the owner sets a target",
                tries,
                through,
                "the thief receives only the commands to the car");
    }

    @Test
    @Fault("Gb")
    void anotherNameDoesNotGiveOtherRights() throws Exception {
        List<String> names = List.of("airco", "coffee", "owner", "monitor");
        long offline = offline();
        for (String name : names) {
            try (RawMqttClient thief = system.unconnectedDevice("car", 5)) {
                assertThat(thief.connect(ConnectOptions.withClientId(name).withPassword(name, "guessed")))
                        .isZero();
                assertThat(thief.publish("home/" + name + "/status", "forged", false))
                        .isEqualTo(0x87);
                assertThat(thief.publish("home/car/presence", "away", false)).isZero();
            }
        }

        assertThat(system.owner().isConnected()).isTrue();
        int through = (int) (offline() - offline);
        ATTACK.held(
                3,
                "connect as another account, by client id and user name",
                names.size(),
                through,
                "the broker treats the thief as the car; no other client loses its connection");
    }

    @Test
    @Fault("Gb")
    void aLastWillOnForeignTopicsIsNotDelivered() throws Exception {
        List<String> foreign =
                List.of("home/airco/status", "home/coffee/status", "home/airco/target/set", "home/coffee/brew/set");
        for (String topic : foreign) {
            RawMqttClient thief = system.unconnectedDevice("car", 5);
            assertThat(thief.connect(ConnectOptions.withClientId("car").withWill(topic, "last word")))
                    .isZero();
            thief.abort();
        }
        RawMqttClient last = system.unconnectedDevice("car", 5);
        assertThat(last.connect(ConnectOptions.withClientId("car").withWill("home/car/status", "its own")))
                .isZero();
        last.abort();
        ShippedSystem.awaitCondition(
                () -> system.monitor().lastReceived("home/car/status").equals("its own"));

        int through = (int) system.monitor().received().stream()
                .filter(each -> each.text().equals("last word"))
                .count();
        ATTACK.held(
                4,
                "connect with a last will on another account's topic, then break the connection",
                foreign.size(),
                through,
                "the broker does not deliver it; a last will on the car's own status is delivered");
    }

    @Test
    @Fault("Gb")
    void retainedMessagesOfARevokedKeyAreNotDelivered() throws Exception {
        system.enrolment().enrol("tractor", "car");
        system.broker().reload();
        List<String> own = List.of("approach", "presence", "distance", "status", "fault");
        try (RawMqttClient thief = system.unconnectedDevice("tractor", 5)) {
            assertThat(thief.connect(ConnectOptions.withClientId("tractor"))).isZero();
            for (String topic : own) {
                ShippedSystem.awaitCondition(() -> thief.publish("home/tractor/" + topic, "poison", true) == 0);
            }
        }
        assertThat(retainedCount("home/tractor/+")).isEqualTo(own.size());

        system.enrolment().enrol("--revoke", "tractor");
        system.broker().restart();

        system.reconnect();
        int through = retainedCount("home/tractor/+");
        ATTACK.held(
                5,
                "leave false retained messages on the topics of a device, whose key is then revoked",
                own.size(),
                through,
                "later subscribers do not receive them");
    }

    @Test
    @Fault("Gb")
    void aThiefCannotFillTheBroker() throws Exception {
        byte[] large = new byte[4000];
        int tries = 0;
        try (RawMqttClient thief = attacker(5)) {
            for (int i = 0; i < 2000; i++) {
                tries++;
                assertThat(thief.publish("home/car/" + i, large, true)).isEqualTo(0x87);
            }
            assertThat(thief.publish("home/car/approach", new byte[6000], true)).isEqualTo(RawMqttClient.DISCONNECTED);
        }

        int through = Math.max(0, retainedCount("home/car/#") - 7);
        ATTACK.held(
                9,
                "store 8 MB of retained messages at the broker, 4 kB per topic",
                tries,
                through,
                "a car may publish on nine topics, and a packet has at most 5 kB: it can store 45 kB");
    }

    @Test
    @Fault("Gb")
    void aThiefHasOneSessionAndAShortQueue() throws Exception {
        int names = 100;
        int asked = 500;
        RawMqttClient before = system.unconnectedDevice("car", 5);
        assertThat(before.connect(ConnectOptions.withClientId("car").persistent()))
                .isZero();
        assertThat(before.subscribe("home/car/reset/set", 1)).isBetween(0, 1);
        for (int i = 0; i < names; i++) {
            RawMqttClient next = system.unconnectedDevice("car", 5);
            assertThat(next.resumesSession(
                            ConnectOptions.withClientId("car-" + i).persistent()))
                    .isTrue();
            before.awaitDisconnect(); // The next session took its place.
            before.close();
            before = next;
        }
        before.abort();
        for (int i = 0; i < asked; i++) {
            assertThat(system.owner().publish("home/car/reset/set", "PRESS", false))
                    .isBetween(0, 0x10);
        }

        try (RawMqttClient thief = system.unconnectedDevice("car", 5)) {
            assertThat(thief.resumesSession(ConnectOptions.withClientId("car").persistent()))
                    .isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(thief.isConnected()).isTrue(); // And acknowledges the received messages.
            }
            assertThat(thief.received("home/car/reset/set")).hasSizeBetween(20, 220);
            assertThat(thief.connect(ConnectOptions.withClientId("car"))).isEqualTo(RawMqttClient.DISCONNECTED);
        }
        try (RawMqttClient thief = attacker(5)) {
            assertThat(thief.isConnected()).isTrue(); // And removes the session.
        }
        ATTACK.held(
                10,
                "open 100 sessions with 100 client ids; let 500 messages queue at the broker",
                names + asked,
                0,
                "a car has one session, with at most 220 messages in its queue");
    }

    @Test
    @Fault("Gb")
    void takeoversOfTheCarsSessionAffectOnlyTheCar() throws Exception {
        HiveMqBus car = new HiveMqBus(
                List.of(system.broker().devices()),
                system.enrolment().identity("car"),
                "car",
                "home/car/status",
                new MonotonicClock(TimeScale.REAL_TIME),
                TimeScale.REAL_TIME);
        assertThat(car.connect(ShippedSystem.LIMIT)).isTrue();
        long offline = offline();

        for (int i = 0; i < 50; i++) {
            attacker(5).close();
        }
        system.assertOwnerObeyed();

        int through = (int) (offline() - offline);
        ShippedSystem.awaitCondition(
                () -> car.counts().connections() > 1 && car.counts().online());
        car.disconnect(ShippedSystem.LIMIT);
        ATTACK.held(
                11,
                "take over the connection of the real car, again and again",
                50,
                through,
                "no other client is affected; the car reconnects when the attack ends");
    }

    @Test
    @Fault("Gb")
    void aRevokedKeyIsDisconnectedWithinASecondAndRejected() throws Exception {
        system.enrolment().enrol("van", "car");
        system.enrolment().enrol("moped", "car", "--password");
        system.broker().reload();
        ShippedSystem.awaitCondition(() -> {
            try (RawMqttClient van = system.unconnectedDevice("van", 5);
                    RawMqttClient moped = new RawMqttClient(
                            system.tls(), system.broker().people().getPort(), 5)) {
                String secret = system.enrolment().secret("moped");
                return van.connect(ConnectOptions.withClientId("van")) == 0
                        && moped.connect(ConnectOptions.withClientId("moped").withPassword("moped", secret)) == 0;
            }
        });
        String secret = system.enrolment().secret("moped");
        RawMqttClient moped = system.connectedPerson("moped");
        RawMqttClient van = system.unconnectedDevice("van", 5);
        assertThat(van.connect(ConnectOptions.withClientId("van"))).isZero();
        SocketFactory stolen = system.tls("van");

        system.enrolment().enrol("--revoke", "moped");
        Duration byPassword = disconnectedAfter(moped, () -> system.broker().reload());
        system.enrolment().enrol("--revoke", "van");
        Duration byCertificate = disconnectedAfter(van, () -> system.broker().restart());

        System.out.printf(
                "revoked: a password cut off after %d ms (reload), a certificate after %d ms (restart)%n",
                byPassword.toMillis(), byCertificate.toMillis());
        assertThat(byPassword).isLessThan(A_SECOND);
        assertThat(byCertificate).isLessThan(A_SECOND);
        int through = 0;
        for (int i = 0; i < 10; i++) {
            try (RawMqttClient again =
                    new RawMqttClient(system.tls(), system.broker().people().getPort(), 5)) {
                through +=
                        again.connect(ConnectOptions.withClientId("moped").withPassword("moped", secret)) == 0 ? 1 : 0;
            }
            try (RawMqttClient again =
                    new RawMqttClient(stolen, system.broker().devices().getPort(), 5)) {
                through += again.connect(ConnectOptions.withClientId("van")) == 0 ? 1 : 0;
            }
        }
        system.reconnect();
        ATTACK.held(
                12,
                "stay connected, or connect again, after the key or password was revoked",
                20,
                through,
                "disconnected within a second, with certificate or password; cannot connect again");
    }

    private interface AttackStep {
        void run() throws Exception;
    }

    private static Duration disconnectedAfter(RawMqttClient client, AttackStep task) throws Exception {
        List<Long> cut = new ArrayList<>();
        Thread reader = new Thread(() -> {
            client.awaitDisconnect();
            cut.add(System.nanoTime());
        });
        reader.start();
        long begin = System.nanoTime();
        task.run();
        reader.join(ShippedSystem.LIMIT.toMillis());
        assertThat(cut).as("cut off").hasSize(1);
        return Duration.ofNanos(cut.get(0) - begin);
    }

    private RawMqttClient attacker(int version) throws Exception {
        RawMqttClient thief = system.unconnectedDevice("car", version);
        assertThat(thief.connect(ConnectOptions.withClientId("car"))).isZero();
        return thief;
    }

    private long offline() throws Exception {
        system.assertOwnerObeyed();
        return system.monitor().received().stream()
                .filter(each -> each.topic().matches("home/(airco|coffee|owner|monitor)/status"))
                .filter(each -> !each.text().equals("online"))
                .count();
    }

    /** How many retained messages a new subscriber receives. */
    private int retainedCount(String filter) throws Exception {
        try (RawMqttClient late = system.connectedPerson("guest")) {
            assertThat(late.subscribe(filter, 0)).isZero();
            assertThat(late.isConnected()).isTrue();
            return late.received().size();
        }
    }

    /** The topics in the access rights of the account, with a name for each wildcard. */
    private Set<String> topics(String account) throws IOException {
        Set<String> topics = new TreeSet<>();
        boolean its = false;
        for (String line : Files.readAllLines(system.enrolment().file("broker/rights"))) {
            if (line.startsWith("user ")) {
                its = line.equals("user " + account);
            } else if (its && line.startsWith("topic ")) {
                String topic = line.split(" ", 3)[2];
                topics.add(topic.replace("+", "airco").replace("#", "anything"));
            }
        }
        return topics;
    }
}
