package hearth.common.mqtt;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One conversation of a {@link Device} with its owner, in which all occurs that MQTT has for it, and the books on it. It
 * comes online and says two states (QoS 1 and 0), is told three things (QoS 1, QoS 2, and one that is nonsense) and
 * answers, announces (QoS 0, 1, 2, and one that is too old), changes its states, and says goodbye.
 */
final class Talk {

    /** Makes the bus under test. */
    interface Maker {
        Bus bus(URI broker, String clientId, String statusTopic);
    }

    /** What became of a message. */
    enum Fate {
        DONE,
        REJECTED,
        EXPIRED,
        SUPERSEDED,
        /** It was sent once, with QoS 0, and did not arrive. */
        GONE,
        LOST
    }

    private static final List<String> ANSWERS = List.of("result k1 done", "result k2 done", "result k3 rejected");
    private static final List<String> NEWS = List.of("a1 y", "a2 z", "t 2", "m 2");
    private static final Set<String> EXPECTED = Set.of(
            "status online",
            "status offline",
            "t 1",
            "m 1",
            "t 2",
            "m 2",
            "a0 x",
            "a1 y",
            "a2 z",
            ANSWERS.get(0),
            ANSWERS.get(1),
            ANSWERS.get(2));
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration NO_ANSWER = Duration.ofMillis(500);

    private final Mishap mishap;
    private final Trouble trouble;
    private final Account account;
    private final Device device;
    private final long deadline;
    private long doneAtNanos;
    private long overAtNanos;

    private Talk(Mishap mishap, Trouble trouble, Account account, Device device, Duration limit) {
        this.mishap = mishap;
        this.trouble = trouble;
        this.account = account;
        this.device = device;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** @param limit what has not come by then is missing */
    static Talk hold(Maker maker, String name, Mishap mishap, Mosquitto broker, Witness witness, Duration limit)
            throws Exception {
        Trouble trouble = new Trouble(mishap, () -> witness.makeForget(name));
        Talk talk;
        try (Cable cable = new Cable(broker.port(), trouble)) {
            Bus bus = maker.bus(cable.url(), name, Witness.PREFIX + "/" + name + "/status");
            InstantSource clock = new ManualClock();
            Account account = witness.account(name);
            talk = new Talk(mishap, trouble, account, new Device(bus, name, clock), limit);
            talk.hold(bus, name, witness, clock);
            bus.disconnect(GOODBYE);
        }
        talk.account.await(heard -> heard.last("status").equals("status offline"), talk.left());
        talk.overAtNanos = System.nanoTime();
        return talk;
    }

    private void hold(Bus bus, String name, Witness witness, InstantSource clock) throws Exception {
        device.say("t", 1, "1");
        device.say("m", 0, "1");
        bus.connect(Duration.ZERO);
        account.await(heard -> heard.times("status online") > 0, left());

        ask(witness, name);
        if (mishap.what() == Mishap.What.FORGET) {
            // A broker that forgot the session forgot what it held for it: who gets no answer asks again, by the same
            // id.
            while (!account.await(heard -> heard.heard().containsAll(ANSWERS), NO_ANSWER) && !left().isZero()) {
                ask(witness, name);
            }
        }
        account.await(heard -> heard.heard().containsAll(ANSWERS), left());

        device.announce("a0", 0, "x", Instant.MAX);
        device.announce("a1", 1, "y", Instant.MAX);
        device.announce("a2", 2, "z", Instant.MAX);
        device.announce("old", 1, "o", clock.instant());
        device.say("t", 1, "2");
        device.say("m", 0, "2");
        account.await(heard -> heard.heard().containsAll(NEWS), left());
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(left().plusMillis(10))
                    .until(() -> device.settled().size() == 4);
        } catch (ConditionTimeoutException e) {
            // It is in the books.
        }
        doneAtNanos = System.nanoTime();
    }

    private static void ask(Witness witness, String name) throws Exception {
        witness.tell(name, Device.ASKED_ONCE.name(), 1, "{\"id\":\"k1\",\"value\":1}");
        witness.tell(name, Device.ASKED_TWICE.name(), 2, "{\"id\":\"k2\",\"value\":1}");
        witness.tell(name, Device.ASKED_ONCE.name(), 1, "{\"id\":\"k3\"}");
    }

    /** Whether the conversation got to the place of its mishap. */
    boolean hasStruck() {
        return trouble.hasStruck();
    }

    List<Packet> packets() {
        return trouble.passed();
    }

    /** From the mishap until nothing was missing any more; a mishap at the goodbye ends with {@code offline}. */
    Duration recovery() {
        if (!trouble.hasStruck()) {
            return Duration.ZERO;
        }
        long until = doneAtNanos > trouble.struckAtNanos() ? doneAtNanos : overAtNanos;
        return Duration.ofNanos(until - trouble.struckAtNanos());
    }

    /** Every message by its id, and its one fate. */
    Map<String, Fate> fates() {
        Map<String, Fate> fates = new LinkedHashMap<>();
        Stream.of("t", "m").forEach(state -> {
            fates.put(state + " 1", heard(state + " 1") ? Fate.DONE : Fate.SUPERSEDED);
            fates.put(state + " 2", account.last(state).equals(state + " 2") ? Fate.DONE : Fate.LOST);
        });
        fates.put("a0", heard("a0 x") ? Fate.DONE : Fate.GONE);
        fates.put("a1", heard("a1 y") ? Fate.DONE : Fate.LOST);
        fates.put("a2", heard("a2 z") ? Fate.DONE : Fate.LOST);
        fates.put("old", device.settled().contains("old false") ? Fate.EXPIRED : Fate.LOST);
        Stream.of("k1", "k2").forEach(id -> fates.put(id, device.effects().contains(id) ? Fate.DONE : Fate.LOST));
        fates.put("k3", heard(ANSWERS.get(2)) ? Fate.REJECTED : Fate.LOST);
        ANSWERS.forEach(answer -> fates.put(answer, heard(answer) ? Fate.DONE : Fate.LOST));
        fates.put("offline", account.last("status").equals("status offline") ? Fate.DONE : Fate.LOST);
        return fates;
    }

    /** Commands that were carried out once more than they should have been. */
    int doubled() {
        return device.effects().size() - Set.copyOf(device.effects()).size();
    }

    /** Messages that came once more to an ear, which knows them by their ids. States are said again on purpose. */
    int repeated() {
        List<String> once = account.heard().stream()
                .filter(what -> what.startsWith("a") || what.startsWith("result"))
                .toList();
        return once.size()
                - Set.copyOf(once).size()
                + device.arrivals().size()
                - Set.copyOf(device.arrivals()).size();
    }

    /** What was heard and never said. */
    Set<String> unexpected() {
        Set<String> unexpected = new HashSet<>(account.heard());
        unexpected.removeAll(EXPECTED);
        return unexpected;
    }

    /** What the sender of announcements was told of them. */
    List<String> settled() {
        return device.settled().stream().sorted().toList();
    }

    /** For whoever looks into a failure. */
    @Override
    public String toString() {
        return mishap + "\n  heard " + account.heard() + "\n  told " + device.arrivals() + ", settled "
                + device.settled()
                + "\n  packets "
                + trouble.passed().stream()
                        .map(packet -> (packet.way() == Mishap.Way.TO_BROKER ? ">" : "<") + packet.kind())
                        .collect(joining(" "));
    }

    private boolean heard(String what) {
        return account.times(what) > 0;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
