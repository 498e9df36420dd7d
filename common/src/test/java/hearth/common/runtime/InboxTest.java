package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InboxTest {

    private final Inbox<String> inbox = new Inbox<>();

    @Test
    void inputsAreTakenInOrderOfArrival() {
        inbox.putLatest("sensor", "20.1");
        inbox.putCommand("target 21");
        inbox.putReport("on disk");
        inbox.putCommand("mode heat");

        assertThat(all()).containsExactly("20.1", "target 21", "on disk", "mode heat");
        assertThat(inbox.poll(true)).isEmpty();
    }

    @Test
    void onlyTheLatestInputOfASourceWaitsInThePositionOfTheFirst() {
        inbox.putLatest("sensor", "20.1");
        inbox.putCommand("target 21");
        inbox.putLatest("attic", "25.0");
        inbox.putLatest("sensor", "20.2");
        inbox.putLatest("sensor", "20.3");

        assertThat(all()).containsExactly("20.3", "target 21", "25.0");
    }

    @Test
    void anInputAfterTheLatestWasTakenWaitsAgain() {
        inbox.putLatest("sensor", "20.1");
        assertThat(inbox.poll(true)).contains("20.1");

        inbox.putLatest("sensor", "20.2");

        assertThat(all()).containsExactly("20.2");
    }

    @Test
    void equalCommandsAndReportsAreEachTaken() {
        inbox.putCommand("target 21");
        inbox.putReport("settled");
        inbox.putCommand("target 21");
        inbox.putReport("settled");

        assertThat(all()).containsExactly("target 21", "settled", "target 21", "settled");
    }

    @Test
    void inAFloodTheOldestCommandIsDroppedAndCounted() {
        for (int i = 0; i < 64; i++) {
            inbox.putCommand("c" + i);
        }
        inbox.putReport("settled");
        assertThat(inbox.droppedCommands()).isZero();

        inbox.putCommand("c64");
        inbox.putCommand("c65");

        assertThat(inbox.droppedCommands()).isEqualTo(2);
        assertThat(all()).hasSize(65).startsWith("c2", "c3").endsWith("c63", "settled", "c64", "c65");
    }

    @Test
    void afterAFloodThereIsRoomForSixtyFourAgain() {
        for (int i = 0; i < 100; i++) {
            inbox.putCommand("c" + i);
        }
        all();

        for (int i = 0; i < 64; i++) {
            inbox.putCommand("d" + i);
        }

        assertThat(inbox.droppedCommands()).isEqualTo(36);
        assertThat(all()).hasSize(64).startsWith("d0");
    }

    @Test
    void heldBackCommandsKeepTheirPositionAndBlockNoOtherInput() {
        inbox.putCommand("target 21");
        inbox.putLatest("sensor", "20.1");
        inbox.putCommand("mode heat");
        inbox.putReport("settled");

        assertThat(inbox.isEmpty(false)).isFalse();
        assertThat(inbox.poll(false)).contains("20.1");
        assertThat(inbox.poll(false)).contains("settled");
        assertThat(inbox.poll(false)).isEmpty();
        assertThat(inbox.isEmpty(false)).isTrue();
        assertThat(inbox.isEmpty(true)).isFalse();
        assertThat(all()).containsExactly("target 21", "mode heat");
    }

    @Test
    void waitingEndsAfterTheTimeout() throws InterruptedException {
        inbox.putCommand("held back");

        assertThat(inbox.await(false, Duration.ofMillis(1))).isEmpty();
        assertThat(inbox.await(false, Duration.ZERO)).isEmpty();
        assertThat(inbox.await(true, Duration.ZERO)).contains("held back");
    }

    @Test
    void aWaitingLoopIsWokenByAnyInput() throws Exception {
        List<Runnable> arrivals = List.of(
                () -> inbox.putLatest("sensor", "20.1"),
                () -> inbox.putReport("settled"),
                () -> inbox.putCommand("target 21"));
        for (Runnable arrival : arrivals) {
            CompletableFuture<Optional<String>> waiting = CompletableFuture.supplyAsync(this::waitLong);

            arrival.run();

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isPresent();
        }
    }

    private Optional<String> waitLong() {
        try {
            return inbox.await(true, Duration.ofHours(1));
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = inbox.poll(true); next.isPresent(); next = inbox.poll(true)) {
            all.add(next.get());
        }
        return all;
    }
}
