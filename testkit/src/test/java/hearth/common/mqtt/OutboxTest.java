package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutboxTest {

    private final ManualClock clock = new ManualClock();
    private final Outbox outbox = new Outbox(clock, TimeScale.REAL_TIME);
    private final List<String> told = new ArrayList<>();

    @Test
    void nothingIsSentWithoutAConnection() {
        announce("a");

        assertThat(outbox.next()).isEmpty();
        assertThat(outbox.queued()).isEqualTo(1);
    }

    @Test
    void announcementsAreSentInOrder() {
        announce("a", "b", "c");
        outbox.connected();

        assertThat(sent()).containsExactly("a", "b", "c");
    }

    @Test
    void aStateReplacesAnUnsentOneInTheQueue() {
        say("t", "old");
        announce("a");
        say("t", "new");
        outbox.connected();

        assertThat(sent()).containsExactly("new", "a");
        assertThat(told).containsExactly("old false");
        assertThat(outbox.dropped()).isZero();
    }

    @Test
    void aRepublishedStateIsQueuedOnce() {
        say("sent", "1");
        outbox.connected();
        take().forEach(outbox::acknowledged);
        say("under-way", "2");
        List<OutboxEntry> underWay = take();
        say("waiting", "3");

        outbox.republishAll();

        assertThat(underWay).hasSize(1);
        assertThat(sent()).containsExactly("3", "1");
    }

    @Test
    void atMostSixteenAreInFlight() {
        IntStream.range(0, 20).forEach(i -> announce("m" + i));
        outbox.connected();

        List<OutboxEntry> underWay = take();
        assertThat(underWay).hasSize(16);
        outbox.acknowledged(underWay.get(0));

        assertThat(sent()).containsExactly("m16");
        assertThat(told).containsExactly("m0 true");
    }

    @Test
    void messagesInFlightReturnToTheHeadOfTheQueueWithTheirRemainingExpiry() {
        outbox.add(message("a", "a", false, clock.in(Duration.ofSeconds(60))), settled("a"));
        announce("b");
        outbox.connected();
        take();
        announce("c");

        clock.pass(Duration.ofSeconds(20));
        outbox.disconnected();
        assertThat(outbox.next()).isEmpty();
        outbox.connected();

        OutboxEntry again = outbox.next().orElseThrow();
        assertThat(outbox.toIncoming(again).lifetimeS()).isEqualTo(60);
        assertThat(outbox.toIncoming(again).remainingS()).isEqualTo(40);
        assertThat(sent()).containsExactly("b", "c");
        assertThat(told).isEmpty();
    }

    @Test
    void aStateInFlightIsReplacedByANewerOne() {
        say("t", "old");
        outbox.connected();
        take();
        say("t", "new");

        outbox.disconnected();
        outbox.connected();

        assertThat(sent()).containsExactly("new");
        assertThat(told).containsExactly("old false");
    }

    @Test
    void onANewConnectionEveryStateIsSentAgainAndNoAnnouncement() {
        say("t", "first");
        say("u", "other");
        say("t", "second");
        announce("a");
        outbox.connected();
        take().forEach(outbox::acknowledged);
        announce("b");

        outbox.disconnected();
        outbox.connected();

        assertThat(sent()).containsExactly("other", "second", "b");
        assertThat(told).containsExactly("first false", "second true", "other true", "a true");
    }

    @Test
    void anExpiredStateIsNotSentAgain() {
        outbox.add(message("t", "19.44", true, clock.in(Duration.ofSeconds(30))), settled("19.44"));
        outbox.connected();
        take().forEach(outbox::acknowledged);

        clock.pass(Duration.ofSeconds(30));
        outbox.disconnected();
        outbox.connected();

        assertThat(sent()).isEmpty();
        assertThat(told).containsExactly("19.44 true");
        assertThat(outbox.dropped()).isZero();
    }

    @Test
    void aStateSentInTimeThatExpiresLaterIsNotCountedAsDropped() {
        outbox.add(message("t", "19.44", true, clock.in(Duration.ofSeconds(30))), settled("19.44"));
        outbox.connected();
        take().forEach(outbox::acknowledged);

        outbox.disconnected();
        clock.pass(Duration.ofSeconds(30));
        outbox.connected();

        assertThat(outbox.queued()).isZero();
        assertThat(outbox.dropped()).isZero();
    }

    @Test
    void aStateInFlightIsSentAgainAndItsSenderWaits() {
        say("t", "state");
        outbox.connected();
        take();

        outbox.disconnected();
        outbox.connected();
        assertThat(told).isEmpty();
        take().forEach(outbox::acknowledged);

        assertThat(told).containsExactly("state true");
    }

    @Test
    void anAnswerOnALostConnectionIsIgnored() {
        announce("a", "b");
        outbox.connected();
        List<OutboxEntry> underWay = take();
        outbox.disconnected();

        outbox.acknowledged(underWay.get(0));
        outbox.rejected(underWay.get(1));
        outbox.connected();

        assertThat(told).isEmpty();
        assertThat(outbox.dropped()).isZero();
        assertThat(sent()).containsExactly("a", "b");
    }

    @Test
    void messagesInFlightAreCountedAsQueued() {
        announce("a", "b");
        assertThat(outbox.isEmpty()).isFalse();

        outbox.connected();
        OutboxEntry first = outbox.next().orElseThrow();
        assertThat(outbox.queued()).isEqualTo(2);
        OutboxEntry second = outbox.next().orElseThrow();
        outbox.acknowledged(first);
        assertThat(outbox.isEmpty()).isFalse();
        outbox.acknowledged(second);

        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.queued()).isZero();
    }

    @Test
    void anExpiredMessageIsNotSent() {
        outbox.add(message("a", "brief", false, clock.in(Duration.ofSeconds(10))), settled("brief"));
        outbox.connected();

        clock.pass(Duration.ofSeconds(10));

        assertThat(sent()).isEmpty();
        assertThat(told).containsExactly("brief false");
    }

    @Test
    void anExpiredMessageIsDroppedAndCounted() {
        outbox.add(message("a", "brief", false, clock.in(Duration.ofSeconds(10))), settled("brief"));
        announce("eternal");
        assertThat(outbox.wakeAt()).isEqualTo(clock.in(Duration.ofSeconds(10)));

        clock.pass(Duration.ofSeconds(10));
        outbox.dropExpired();

        assertThat(told).containsExactly("brief false");
        assertThat(outbox.dropped()).isEqualTo(1);
        assertThat(outbox.wakeAt()).isEqualTo(Instant.MAX);
    }

    @Test
    void aMessageThatHasAlreadyExpiredIsNotQueued() {
        outbox.add(message("t", "late", true, clock.instant()), settled("late"));

        assertThat(told).containsExactly("late false");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void theOldestOfTooManyAnnouncementsIsDroppedAndNoState() {
        say("t", "state");
        IntStream.rangeClosed(0, Outbox.MAX_ANNOUNCEMENTS).forEach(i -> announce("m" + i));

        assertThat(told).containsExactly("m0 false");
        assertThat(outbox.queued()).isEqualTo(Outbox.MAX_ANNOUNCEMENTS + 1);
    }

    @Test
    void theOldestOfTooManyStatesIsDropped() {
        IntStream.rangeClosed(0, Outbox.MAX_STATES).forEach(i -> say("t" + i, "s" + i));

        assertThat(told).containsExactly("s0 false");
        assertThat(outbox.queued()).isEqualTo(Outbox.MAX_STATES);
    }

    @Test
    void aRefusedMessageIsDroppedAndCounted() {
        announce("a");
        outbox.connected();

        take().forEach(outbox::rejected);

        assertThat(told).containsExactly("a false");
        assertThat(outbox.dropped()).isEqualTo(1);
    }

    @Test
    void aMessageThatEndsTwoConnectionsIsDropped() {
        announce("poison", "good");
        for (int connection = 1; connection <= 2; connection++) {
            outbox.connected();
            take();
            outbox.dropOldestIfRepeated();
            outbox.disconnected();
        }

        outbox.connected();

        assertThat(sent()).containsExactly("good");
        assertThat(told).containsExactly("poison false");
    }

    @Test
    void allSendersAreNotifiedWhenItIsClosed() {
        announce("a", "b");
        outbox.connected();
        outbox.next();

        outbox.close();

        assertThat(told).containsExactly("a false", "b false");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void aClosedOutboxSendsNothing() {
        say("t", "state");
        outbox.connected();
        take();

        outbox.close();
        outbox.connected();

        assertThat(sent()).isEmpty();
    }

    @Test
    void expiryOnTheWireIsInWholeRealSecondsRoundedUp() {
        Outbox tenTimesAsFast = new Outbox(clock, new TimeScale(10));
        tenTimesAsFast.add(message("t", "x", true, clock.in(Duration.ofSeconds(301))), delivered -> {});
        clock.pass(Duration.ofSeconds(100));
        tenTimesAsFast.connected();

        Incoming wire = tenTimesAsFast.toIncoming(tenTimesAsFast.next().orElseThrow());

        assertThat(wire.lifetimeS()).isEqualTo(31);
        assertThat(wire.remainingS()).isEqualTo(21);
    }

    @Test
    void everySenderIsNotifiedOnceAndTheQueueStaysBounded() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int[] answers = new int[5_000];
        List<OutboxEntry> underWay = new ArrayList<>();

        for (int i = 0; i < answers.length; i++) {
            int number = i;
            Instant until = random.nextInt(3) == 0 ? clock.in(Duration.ofSeconds(random.nextInt(20))) : Instant.MAX;
            Outgoing message = message("t" + random.nextInt(8), "m" + i, random.nextBoolean(), until);
            outbox.add(message, delivered -> answers[number]++);
            switch (random.nextInt(12)) {
                case 0 -> clock.pass(Duration.ofSeconds(random.nextInt(10)));
                case 1 -> {
                    outbox.disconnected();
                    underWay.clear();
                }
                case 2 -> {
                    outbox.disconnected();
                    underWay.clear();
                    outbox.connected();
                }
                case 3, 4, 5 -> underWay.addAll(take());
                case 6, 7, 8 -> {
                    underWay.forEach(outbox::acknowledged);
                    underWay.clear();
                }
                case 9 -> {
                    if (!underWay.isEmpty()) {
                        outbox.rejected(underWay.remove(0));
                    }
                }
                default -> outbox.dropExpired();
            }
            assertThat(outbox.queued()).as("seed %d", seed).isLessThanOrEqualTo(256 + 16 + 8);
        }
        outbox.close();

        assertThat(answers).as("seed %d", seed).containsOnly(1);
    }

    private void announce(String... texts) {
        for (String text : texts) {
            outbox.add(message("announcements", text, false, Instant.MAX), settled(text));
        }
    }

    private void say(String topic, String text) {
        outbox.add(message(topic, text, true, Instant.MAX), settled(text));
    }

    private Consumer<Boolean> settled(String text) {
        return delivered -> told.add(text + " " + delivered);
    }

    private static Outgoing message(String topic, String text, boolean retained, Instant until) {
        return new Outgoing(topic, text.getBytes(UTF_8), 1, retained, until);
    }

    private List<OutboxEntry> take() {
        List<OutboxEntry> taken = new ArrayList<>();
        for (Optional<OutboxEntry> next = outbox.next(); next.isPresent(); next = outbox.next()) {
            taken.add(next.get());
        }
        return taken;
    }

    private List<String> sent() {
        return take().stream()
                .map(entry -> new String(entry.message().payload(), UTF_8))
                .toList();
    }
}
