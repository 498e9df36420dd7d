package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.testkit.ManualClock;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link Bus}, with any broker. */
abstract class BusContract {

    static final Duration LIMIT = Duration.ofSeconds(20);

    /** The clock of every bus in these tests; a real broker has its own. */
    final ManualClock clock = new ManualClock();

    /** A new client, which publishes its status on {@link #status}. */
    abstract Bus bus(String name);

    abstract void brokerStops() throws Exception;

    abstract void brokerStarts(boolean forgot) throws Exception;

    /** Cuts one client's connection. It may connect again. */
    abstract void cut(String name);

    /** Delivers messages in flight, for a bus that needs a call for it. */
    abstract void settle();

    static String status(String name) {
        return "test/" + name + "/status";
    }

    @Test
    void allThreeQualitiesOfServiceArrive() {
        Bus sender = connected("sender");
        Bus receiver = connected("receiver");

        for (int qos = 0; qos <= 2; qos++) {
            MessageCollector collector = new MessageCollector();
            MessageCollector settled = new MessageCollector();
            listen(receiver, "test/qos" + qos, qos, collector);
            sender.publish(announcement("test/qos" + qos, "hello", qos), recordIn(settled));

            eventually(() -> assertThat(collector.texts()).containsExactly("hello"));
            eventually(() -> assertThat(settled.texts()).containsExactly("true"));
        }
    }

    @Test
    void publishReturnsAtOnceWhileTheBrokerIsStopped() throws Exception {
        brokerStops();
        Bus sender = bus("sender");
        assertThat(sender.connect(Duration.ZERO)).isFalse();
        MessageCollector settled = new MessageCollector();

        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            sender.publish(announcement("test/a", "m" + i, 1), recordIn(settled));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        eventually(() -> assertThat(sender.counts().queued()).isEqualTo(100));
        assertThat(settled.texts()).isEmpty();
    }

    @Test
    void aStateReplacesAnUnsentOne() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        brokerStops();
        Bus sender = bus("sender");
        sender.connect(Duration.ZERO);
        sender.publish(Outgoing.state("test/a", "old", 1), recordIn(settled));
        sender.publish(Outgoing.state("test/a", "new", 1), recordIn(settled));
        eventually(() -> assertThat(settled.texts()).containsExactly("false"));

        brokerStarts(false);

        eventually(() -> assertThat(settled.texts()).containsExactly("false", "true"));
        listen(connected("receiver"), "test/a", 1, collector);
        eventually(() -> assertThat(collector.texts()).containsExactly("new"));
        assertThat(sender.counts().dropped()).isZero();
    }

    @Test
    void everyStateIsPublishedAgainOnRequest() {
        Bus sender = connected("sender");
        MessageCollector settled = new MessageCollector();
        sender.publish(Outgoing.state("test/a", "a", 1), recordIn(settled));
        sender.publish(Outgoing.state("test/b", "b", 0), recordIn(settled));
        sender.publish(announcement("test/a", "happened", 1), recordIn(settled));
        eventually(() -> assertThat(settled.texts()).hasSize(3));
        MessageCollector collector = new MessageCollector();
        listen(connected("receiver"), "test/a", 1, collector);
        listen(connected("other"), "test/b", 1, collector);
        eventually(() -> assertThat(collector.texts()).containsExactlyInAnyOrder("a", "b"));

        sender.republishAll();

        eventually(() -> assertThat(collector.texts()).containsExactlyInAnyOrder("a", "b", "a", "b"));
        assertThat(settled.texts()).containsExactly("true", "true", "true");
        assertThat(sender.counts().connections()).isEqualTo(1);
    }

    @Test
    void announcementsAreDeliveredOnceAndInOrder() throws Exception {
        MessageCollector collector = new MessageCollector();
        Bus receiver = connected("receiver");
        listen(receiver, "test/a", 1, collector);
        Bus sender = connected("sender");
        brokerStops();
        List<String> all = IntStream.range(0, 50).mapToObj(i -> "m" + i).toList();
        MessageCollector settled = new MessageCollector();
        all.forEach(text -> sender.publish(announcement("test/a", text, 1), recordIn(settled)));

        brokerStarts(false);

        eventually(() -> assertThat(collector.texts()).containsExactlyElementsOf(all));
        eventually(() -> assertThat(settled.texts()).containsExactlyElementsOf(Collections.nCopies(50, "true")));
        sender.publish(announcement("test/a", "last", 1));
        eventually(() -> assertThat(collector.texts()).last().isEqualTo("last"));
        assertThat(collector.texts()).hasSize(51);
    }

    @Test
    @Fault("E3")
    void subscriptionsSurviveABrokerThatLostItsData() throws Exception {
        MessageCollector collector = new MessageCollector();
        Bus receiver = connected("receiver");
        listen(receiver, "test/a", 1, collector);

        brokerStops();
        brokerStarts(true);

        eventually(() -> assertThat(receiver.counts().connections()).isEqualTo(2));
        connected("sender").publish(announcement("test/a", "still there?", 1));
        eventually(() -> assertThat(collector.texts()).containsExactly("still there?"));
    }

    @Test
    void statesArePublishedAgainToABrokerThatLostItsData() throws Exception {
        MessageCollector settled = new MessageCollector();
        Bus sender = connected("sender");
        sender.publish(Outgoing.state("test/a", "eternal", 1), recordIn(settled));
        sender.publish(state("test/b", "for a minute", clock.in(Duration.ofMinutes(1))), recordIn(settled));
        sender.publish(state("test/c", "for a second", clock.in(Duration.ofSeconds(1))), recordIn(settled));
        eventually(() -> assertThat(settled.texts()).containsExactly("true", "true", "true"));
        clock.pass(Duration.ofSeconds(2));

        brokerStops();
        brokerStarts(true);

        MessageCollector collector = new MessageCollector();
        Bus receiver = connected("receiver");
        for (String topic : List.of("test/a", "test/b", "test/c", status("sender"))) {
            listen(receiver, topic, 1, collector);
        }
        eventually(() -> assertThat(collector.texts()).containsExactlyInAnyOrder("eternal", "for a minute", "online"));
        assertThat(settled.messages()).as("settled once each").hasSize(3);
    }

    @Test
    @Fault("E10")
    void onlineIsPublishedAfterTheSubscriptionsAreActive() {
        MessageCollector collector = new MessageCollector();
        Bus observer = connected("watcher");
        // A client that receives "online" may send a command at once, and it is delivered.
        listen(observer, status("late"), 1, online -> {
            if (new String(online.payload(), UTF_8).equals("online")) {
                observer.publish(announcement("test/late/set", "welcome", 1));
            }
        });
        Bus late = bus("late");
        late.subscribe(new Subscription("test/late/set", 1, true), collector, Duration.ZERO);

        late.connect(LIMIT);

        eventually(() -> assertThat(collector.texts()).containsExactly("welcome"));
    }

    @Test
    @Fault("E10")
    void afterACutTheLastWillPublishesOfflineAndTheReconnectionOnline() {
        MessageCollector collector = new MessageCollector();
        listen(connected("watcher"), status("victim"), 1, collector);
        Bus client = connected("victim");
        eventually(() -> assertThat(collector.texts()).containsExactly("online"));

        cut("victim");

        eventually(() ->
                assertThat(collector.texts()).startsWith("online", "offline").endsWith("online"));
        eventually(() -> assertThat(client.counts().connections()).isEqualTo(2));
    }

    @Test
    @Fault("E10")
    void aPlainDisconnectPublishesOffline() {
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        listen(connected("watcher"), status("leaver"), 1, collector);
        Bus client = connected("leaver");
        client.publish(announcement("test/last", "word", 1), recordIn(settled));

        client.disconnect(LIMIT);

        eventually(() -> assertThat(collector.texts()).containsExactly("online", "offline"));
        eventually(() -> assertThat(settled.texts()).containsExactly("true"));
    }

    @Test
    @Fault("E11")
    void anOfflineOfItsOwnNodeIsOverwritten() {
        MessageCollector collector = new MessageCollector();
        Bus observer = connected("watcher");
        listen(observer, status("slandered"), 1, collector);
        connected("slandered");

        observer.publish(Outgoing.state(status("slandered"), "offline", 1));

        eventually(() -> assertThat(collector.texts()).containsExactly("online", "offline", "online"));
    }

    @Test
    @Fault("F8")
    void aRetainedCommandIsMarkedAsRetained() {
        MessageCollector collector = new MessageCollector();
        Bus device = connected("device");
        device.subscribe(new Subscription("test/set", 1, true), collector, LIMIT);
        Bus sender = connected("sender");

        sender.publish(Outgoing.state("test/set", "retained", 1));
        sender.publish(announcement("test/set", "plain", 1));

        eventually(() -> assertThat(collector.texts()).containsExactly("retained", "plain"));
        assertThat(collector.messages()).extracting(Incoming::retained).containsExactly(true, false);
    }

    @Test
    @Fault("F8")
    void aCommandRetainedByTheBrokerIsNotDelivered() throws Exception {
        MessageCollector collector = new MessageCollector();
        Bus sender = connected("sender");
        published(sender, Outgoing.state("test/set", "from last year", 1));
        Bus device = connected("device");

        device.subscribe(new Subscription("test/set", 1, true), collector, LIMIT);
        brokerStops();
        brokerStarts(false);

        eventually(() -> assertThat(device.counts().connections()).isEqualTo(2));
        connected("another").publish(announcement("test/set", "now", 1));
        eventually(() -> assertThat(collector.texts()).contains("now"));
        // The sender's repetition of its state is live, and has the retain flag.
        assertThat(collector.messages().stream().filter(message -> !message.retained()))
                .hasSize(1);
    }

    @Test
    void aRetainedStateIsDistinguishedFromALiveOne() {
        MessageCollector collector = new MessageCollector();
        Bus sender = connected("sender");
        published(sender, Outgoing.state("test/a", "stored", 1));

        listen(connected("receiver"), "test/a", 1, collector);
        eventually(() -> assertThat(collector.texts()).containsExactly("stored"));
        sender.publish(Outgoing.state("test/a", "live", 1));

        eventually(() -> assertThat(collector.texts()).containsExactly("stored", "live"));
        assertThat(collector.messages()).extracting(Incoming::retained).containsExactly(true, false);
    }

    @Test
    void theAgeOfARetainedStateIsKnown() throws Exception {
        brokerStops();
        Bus sender = bus("sender");
        sender.connect(Duration.ZERO);
        sender.publish(state("test/a", "19.44", clock.in(Duration.ofMinutes(10))));
        eventually(() -> assertThat(sender.counts().queued()).isEqualTo(1));
        clock.pass(Duration.ofSeconds(100));
        brokerStarts(false);
        eventually(() -> assertThat(sender.counts().queued()).isZero());

        MessageCollector collector = new MessageCollector();
        listen(connected("receiver"), "test/a", 1, collector);

        eventually(() -> assertThat(collector.texts()).containsExactly("19.44"));
        Incoming message = collector.messages().get(0);
        assertThat(message.lifetimeS()).isEqualTo(600);
        assertThat(message.remainingS()).isBetween(470L, 500L); // A real broker counts its own seconds.
    }

    @Test
    void aMessageWithoutExpiryHasNoneAndBinaryPayloadsArriveComplete() {
        MessageCollector collector = new MessageCollector();
        byte[] large = new byte[Decoder.MAX_BYTES];
        java.util.Arrays.fill(large, (byte) 0xFE);
        listen(connected("receiver"), "test/a", 1, collector);

        connected("sender").publish(new Outgoing("test/a", large, 1, false, Instant.MAX));

        eventually(() -> assertThat(collector.messages()).hasSize(1));
        assertThat(collector.messages().get(0).payload()).isEqualTo(large);
        assertThat(collector.messages().get(0).lifetimeS()).isEqualTo(Incoming.ABSENT);
        assertThat(collector.messages().get(0).remainingS()).isEqualTo(Incoming.ABSENT);
    }

    @Test
    @Fault("F10")
    void anExpiredMessageIsNotSent() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        listen(connected("receiver"), "test/a", 1, collector);
        brokerStops();
        Bus sender = bus("sender");
        sender.connect(Duration.ZERO);
        Instant soon = clock.in(Duration.ofSeconds(10));
        sender.publish(new Outgoing("test/a", "stale".getBytes(UTF_8), 1, false, soon), recordIn(settled));
        sender.publish(announcement("test/a", "fresh", 1));
        eventually(() -> assertThat(sender.counts().queued()).isEqualTo(2));
        clock.pass(Duration.ofSeconds(10));

        brokerStarts(false);

        eventually(() -> assertThat(collector.texts()).containsExactly("fresh"));
        eventually(() -> assertThat(settled.texts()).containsExactly("false"));
        eventually(() -> assertThat(sender.counts().dropped()).isEqualTo(1));
    }

    @Test
    void theOldestOfTooManyAnnouncementsIsDropped() throws Exception {
        brokerStops();
        Bus sender = bus("sender");
        sender.connect(Duration.ZERO);
        List<String> dropped = new CopyOnWriteArrayList<>();
        for (int i = 0; i < Outbox.MAX_ANNOUNCEMENTS + 2; i++) {
            String text = "m" + i;
            sender.publish(announcement("test/a", text, 1), delivered -> dropped.add(text + " " + delivered));
        }

        eventually(() -> assertThat(dropped).containsExactly("m0 false", "m1 false"));
        eventually(() -> assertThat(sender.counts().dropped()).isEqualTo(2));
    }

    @Test
    void aListenerThatThrowsReceivesTheNextMessage() {
        MessageCollector collector = new MessageCollector();
        Bus receiver = connected("receiver");
        listen(receiver, "test/a", 1, message -> {
            collector.accept(message);
            throw new IllegalStateException("on purpose, by a test");
        });
        Bus sender = connected("sender");

        sender.publish(announcement("test/a", "one", 1));
        sender.publish(announcement("test/a", "two", 1));

        eventually(() -> assertThat(collector.texts()).containsExactly("one", "two"));
    }

    @Test
    void aListenerMayPublishAndSubscribeButNotWait() {
        MessageCollector collector = new MessageCollector();
        List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
        Bus receiver = connected("receiver");
        listen(receiver, "test/a", 1, message -> {
            try {
                receiver.subscribe(new Subscription("test/b", 1, false), collector, Duration.ofSeconds(1));
            } catch (IllegalStateException e) {
                refusals.add(e);
            }
            receiver.subscribe(new Subscription("test/b", 1, false), collector, Duration.ZERO);
            receiver.publish(announcement("test/b", "answer", 1));
        });

        connected("sender").publish(announcement("test/a", "question", 1));

        eventually(() -> assertThat(collector.texts()).containsExactly("answer"));
        assertThat(refusals)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("must not wait");
    }

    @Test
    void afterUnsubscribeNothingIsReceived() {
        MessageCollector collector = new MessageCollector();
        MessageCollector marker = new MessageCollector();
        Bus receiver = connected("receiver");
        listen(receiver, "test/a", 1, collector);
        listen(receiver, "test/marker", 1, marker);

        assertThat(receiver.unsubscribe("test/a", LIMIT)).isTrue();
        Bus sender = connected("sender");
        sender.publish(announcement("test/a", "unheard", 1));
        sender.publish(announcement("test/marker", "heard", 1));

        eventually(() -> assertThat(marker.texts()).containsExactly("heard"));
        assertThat(collector.texts()).isEmpty();
    }

    @Test
    void topicsAndQosThatMqttDoesNotAllowAreRejectedAtOnce() {
        assertThatThrownBy(() -> Outgoing.state("test/#", "x", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outgoing.state("", "x", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outgoing.state("test", "x", 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Subscription("test/+", 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Subscription("test", -1, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void afterDisconnectNothingIsSentAndSendersAreNotified() throws Exception {
        MessageCollector settled = new MessageCollector();
        brokerStops();
        Bus sender = bus("sender");
        sender.connect(Duration.ZERO);
        sender.publish(announcement("test/a", "unsent", 1), recordIn(settled));

        sender.disconnect(Duration.ofSeconds(1));
        sender.publish(announcement("test/a", "too late", 1), recordIn(settled));

        eventually(() -> assertThat(settled.texts()).containsExactly("false", "false"));
        assertThat(sender.connect(Duration.ZERO)).isFalse();
    }

    final Bus connected(String name) {
        Bus bus = bus(name);
        assertThat(bus.connect(LIMIT)).isTrue();
        return bus;
    }

    final void listen(Bus bus, String topic, int qos, Consumer<Incoming> listener) {
        assertThat(bus.subscribe(new Subscription(topic, qos, false), listener, LIMIT))
                .isTrue();
    }

    final void published(Bus bus, Outgoing message) {
        MessageCollector settled = new MessageCollector();
        bus.publish(message, recordIn(settled));
        eventually(() -> assertThat(settled.texts()).containsExactly("true"));
    }

    final void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    settle();
                    assertion.run();
                });
    }

    static Outgoing announcement(String topic, String text, int qos) {
        return new Outgoing(topic, text.getBytes(UTF_8), qos, false, Instant.MAX);
    }

    static Outgoing state(String topic, String text, Instant expiresAt) {
        return new Outgoing(topic, text.getBytes(UTF_8), 1, true, expiresAt);
    }

    /** Records the outcome for a sender like a message. */
    static Consumer<Boolean> recordIn(MessageCollector collector) {
        return delivered -> collector.accept(
                new Incoming("settled", delivered.toString().getBytes(UTF_8), false, Incoming.ABSENT, Incoming.ABSENT));
    }
}
