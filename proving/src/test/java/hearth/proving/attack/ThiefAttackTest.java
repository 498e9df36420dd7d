package hearth.proving.attack;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.HiveMqBus;
import hearth.common.runtime.MonotonicClock;
import hearth.common.value.TimeScale;
import hearth.proving.attack.Packets.Login;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has stolen the car, with its key, and says what he likes. */
@Timeout(180)
final class ThiefAttackTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final Siege SIEGE = new Siege("thieves", () -> folder);

    private final Besieged house = SIEGE.house();

    @Test
    @Fault("Gb")
    void whatIsNotTheCarsToSayIsNotDelivered() throws Exception {
        Set<String> foreign = new TreeSet<>(topics("airco"));
        foreign.addAll(topics("coffee"));
        foreign.addAll(topics("owner"));
        foreign.addAll(Set.of("home/car/reset/set", "home/car/diary", "home/car", "home"));
        int tries = 0;
        int before = house.ear().heard().size();
        for (int version : new int[] {4, 5}) {
            try (RawClient thief = thief(version)) {
                for (String topic : foreign) {
                    for (boolean retained : new boolean[] {false, true}) {
                        tries++;
                        // Version 3.1.1 has no word for no.
                        assertThat(thief.publish(topic, "forged", retained))
                                .as(topic)
                                .isEqualTo(version == 5 ? 0x87 : 0);
                    }
                }
                assertThat(thief.publish("home/car/presence", "away", false)).isZero();
            }
        }

        List<RawClient.Heard> since = house.ear().heard();
        assertThat(since.subList(before, since.size()))
                .anyMatch(each -> each.topic().equals("home/car/presence"));
        int through = (int)
                since.stream().filter(each -> each.text().equals("forged")).count();
        SIEGE.held(
                1,
                "publish on topics of other accounts, retained and not retained, MQTT 3.1.1 and 5",
                tries,
                through,
                "MQTT 5: refused with 0x87; MQTT 3.1.1: acknowledged and discarded");
    }

    @Test
    @Fault("Gb")
    void whatIsNotForTheCarItDoesNotHear() throws Exception {
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
            try (RawClient thief = thief(version)) {
                for (String filter : filters) {
                    tries++;
                    thief.subscribe(filter, 0);
                }
                house.theOwnerIsObeyed();
                assertThat(house.owner().publish("home/car/reset/set", "PRESS", false))
                        .isZero();
                assertThat(thief.lives()).isTrue();
                assertThat(thief.heard("home/car/reset/set")).isNotEmpty();
                through += (int) thief.heard().stream()
                        .filter(each -> !each.topic().startsWith("home/car/"))
                        .count();
            }
        }

        SIEGE.held(
                2,
                "subscribe to all topics, with ten topic filters, while the owner sets a target",
                tries,
                through,
                "the thief receives only the commands to the car");
    }

    @Test
    @Fault("Gb")
    void whoeverItSaysItIsItIsTheCar() throws Exception {
        List<String> names = List.of("airco", "coffee", "owner", "ear");
        long offline = offline();
        for (String name : names) {
            try (RawClient thief = house.device("car", 5)) {
                assertThat(thief.connect(Login.as(name).with(name, "guessed"))).isZero();
                assertThat(thief.publish("home/" + name + "/status", "forged", false))
                        .isEqualTo(0x87);
                assertThat(thief.publish("home/car/presence", "away", false)).isZero();
            }
        }

        assertThat(house.owner().lives()).isTrue();
        int through = (int) (offline() - offline);
        SIEGE.held(
                3,
                "connect as another account, by client id and user name",
                names.size(),
                through,
                "the broker treats the thief as the car; no other client loses its connection");
    }

    @Test
    @Fault("Gb")
    void aLastWillOnOthersTopicsIsNotDelivered() throws Exception {
        List<String> foreign =
                List.of("home/airco/status", "home/coffee/status", "home/airco/target/set", "home/coffee/brew/set");
        for (String topic : foreign) {
            RawClient thief = house.device("car", 5);
            assertThat(thief.connect(Login.as("car").will(topic, "last word"))).isZero();
            thief.abort();
        }
        RawClient last = house.device("car", 5);
        assertThat(last.connect(Login.as("car").will("home/car/status", "its own")))
                .isZero();
        last.abort();
        Besieged.until(() -> house.ear().last("home/car/status").equals("its own"));

        int through = (int) house.ear().heard().stream()
                .filter(each -> each.text().equals("last word"))
                .count();
        SIEGE.held(
                4,
                "connect with a last will on another account's topic, then break the connection",
                foreign.size(),
                through,
                "the broker does not deliver it; a last will on the car's own status is delivered");
    }

    @Test
    @Fault("Gb")
    void whatItKeptAtTheBrokerGoesWithItsRights() throws Exception {
        house.enrolment().enrol("tractor", "car");
        house.broker().reload();
        List<String> own = List.of("approach", "presence", "distance", "status", "fault");
        try (RawClient thief = house.device("tractor", 5)) {
            assertThat(thief.connect(Login.as("tractor"))).isZero();
            for (String topic : own) {
                Besieged.until(() -> thief.publish("home/tractor/" + topic, "poison", true) == 0);
            }
        }
        assertThat(kept("home/tractor/+")).isEqualTo(own.size());

        house.enrolment().enrol("--revoke", "tractor");
        house.broker().restart();

        house.listenAgain();
        int through = kept("home/tractor/+");
        SIEGE.held(
                5,
                "leave false retained messages on the topics of a device, whose key is then revoked",
                own.size(),
                through,
                "later subscribers do not receive them");
    }

    @Test
    @Fault("Gb")
    void itCannotFillTheBroker() throws Exception {
        byte[] large = new byte[4000];
        int tries = 0;
        try (RawClient thief = thief(5)) {
            for (int i = 0; i < 2000; i++) {
                tries++;
                assertThat(thief.publish("home/car/" + i, large, true)).isEqualTo(0x87);
            }
            assertThat(thief.publish("home/car/approach", new byte[6000], true)).isEqualTo(RawClient.HUNG_UP);
        }

        int through = Math.max(0, kept("home/car/#") - 7);
        SIEGE.held(
                9,
                "store 8 MB of retained messages at the broker, 4 kB per topic",
                tries,
                through,
                "a car may publish on nine topics, and a packet has at most 5 kB: it can store 45 kB");
    }

    @Test
    @Fault("Gb")
    void itHasOneSessionAndAShortQueue() throws Exception {
        int names = 100;
        int asked = 500;
        RawClient before = house.device("car", 5);
        assertThat(before.connect(Login.as("car").keeping())).isZero();
        assertThat(before.subscribe("home/car/reset/set", 1)).isBetween(0, 1);
        for (int i = 0; i < names; i++) {
            RawClient next = house.device("car", 5);
            assertThat(next.resumes(Login.as("car-" + i).keeping())).isTrue();
            before.untilHungUp(); // The next took its place.
            before.close();
            before = next;
        }
        before.abort();
        for (int i = 0; i < asked; i++) {
            assertThat(house.owner().publish("home/car/reset/set", "PRESS", false))
                    .isBetween(0, 0x10);
        }

        try (RawClient thief = house.device("car", 5)) {
            assertThat(thief.resumes(Login.as("car").keeping())).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(thief.lives()).isTrue(); // And acknowledges what has come.
            }
            assertThat(thief.heard("home/car/reset/set")).hasSizeBetween(20, 220);
            assertThat(thief.connect(Login.as("car"))).isEqualTo(RawClient.HUNG_UP);
        }
        try (RawClient thief = thief(5)) {
            assertThat(thief.lives()).isTrue(); // And forgets it.
        }
        SIEGE.held(
                10,
                "open 100 sessions with 100 client ids; let 500 messages queue at the broker",
                names + asked,
                0,
                "a car has one session, with at most 220 messages in its queue");
    }

    @Test
    @Fault("Gb")
    void aWarForTheCarsOwnNameIsTheCarsAffair() throws Exception {
        HiveMqBus car = new HiveMqBus(
                List.of(house.broker().devices()),
                house.enrolment().identity("car"),
                "car",
                "home/car/status",
                new MonotonicClock(TimeScale.REAL_TIME),
                TimeScale.REAL_TIME);
        assertThat(car.connect(Besieged.LIMIT)).isTrue();
        long offline = offline();

        for (int i = 0; i < 50; i++) {
            thief(5).close();
        }
        house.theOwnerIsObeyed();

        int through = (int) (offline() - offline);
        Besieged.until(() -> car.counts().connections() > 1 && car.counts().online());
        car.disconnect(Besieged.LIMIT);
        SIEGE.held(
                11,
                "take over the connection of the real car, again and again",
                50,
                through,
                "no other client is affected; the car reconnects when the attack ends");
    }

    @Test
    @Fault("Gb")
    void whoeverIsRevokedIsCutOffWithinASecondAndNotLetInAgain() throws Exception {
        house.enrolment().enrol("van", "car");
        house.enrolment().enrol("moped", "car", "--password");
        house.broker().reload();
        Besieged.until(() -> {
            try (RawClient van = house.device("van", 5);
                    RawClient moped =
                            new RawClient(house.tls(), house.broker().people().getPort(), 5)) {
                String secret = house.enrolment().secret("moped");
                return van.connect(Login.as("van")) == 0
                        && moped.connect(Login.as("moped").with("moped", secret)) == 0;
            }
        });
        String secret = house.enrolment().secret("moped");
        RawClient moped = house.person("moped");
        RawClient van = house.device("van", 5);
        assertThat(van.connect(Login.as("van"))).isZero();
        SocketFactory stolen = house.tls("van");

        house.enrolment().enrol("--revoke", "moped");
        Duration byPassword = cutBy(moped, () -> house.broker().reload());
        house.enrolment().enrol("--revoke", "van");
        Duration byCertificate = cutBy(van, () -> house.broker().restart());

        System.out.printf(
                "revoked: a password cut off after %d ms (reload), a certificate after %d ms (restart)%n",
                byPassword.toMillis(), byCertificate.toMillis());
        assertThat(byPassword).isLessThan(A_SECOND);
        assertThat(byCertificate).isLessThan(A_SECOND);
        int through = 0;
        for (int i = 0; i < 10; i++) {
            try (RawClient again =
                    new RawClient(house.tls(), house.broker().people().getPort(), 5)) {
                through += again.connect(Login.as("moped").with("moped", secret)) == 0 ? 1 : 0;
            }
            try (RawClient again =
                    new RawClient(stolen, house.broker().devices().getPort(), 5)) {
                through += again.connect(Login.as("van")) == 0 ? 1 : 0;
            }
        }
        house.listenAgain();
        SIEGE.held(
                12,
                "stay connected, or connect again, after the key or password was revoked",
                20,
                through,
                "disconnected within a second, with certificate or password; cannot connect again");
    }

    private interface Task {
        void run() throws Exception;
    }

    private static Duration cutBy(RawClient client, Task task) throws Exception {
        List<Long> cut = new ArrayList<>();
        Thread reader = new Thread(() -> {
            client.untilHungUp();
            cut.add(System.nanoTime());
        });
        reader.start();
        long begin = System.nanoTime();
        task.run();
        reader.join(Besieged.LIMIT.toMillis());
        assertThat(cut).as("cut off").hasSize(1);
        return Duration.ofNanos(cut.get(0) - begin);
    }

    private RawClient thief(int version) throws Exception {
        RawClient thief = house.device("car", version);
        assertThat(thief.connect(Login.as("car"))).isZero();
        return thief;
    }

    private long offline() throws Exception {
        house.theOwnerIsObeyed();
        return house.ear().heard().stream()
                .filter(each -> each.topic().matches("home/(airco|coffee|owner|ear)/status"))
                .filter(each -> !each.text().equals("online"))
                .count();
    }

    /** How many messages somebody who comes now is told of. */
    private int kept(String filter) throws Exception {
        try (RawClient late = house.person("guest")) {
            assertThat(late.subscribe(filter, 0)).isZero();
            assertThat(late.lives()).isTrue();
            return late.heard().size();
        }
    }

    /** What the rights name of that account, a name for each wildcard. */
    private Set<String> topics(String account) throws IOException {
        Set<String> topics = new TreeSet<>();
        boolean its = false;
        for (String line : Files.readAllLines(house.enrolment().file("broker/rights"))) {
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
