package hearth.proving.year;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent.PowerCut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundDispatcherTest {

    /** More entries than the queue holds. */
    private static final int MANY = 100_000;

    @Test
    void allEntriesAreReadInOrder() {
        List<JournalEntry> read = new ArrayList<>();
        try (BackgroundDispatcher aside = new BackgroundDispatcher(List.of(read::add))) {
            dispatchAll(aside);
        }
        assertThat(read).hasSize(MANY).isSortedAccordingTo((one, other) -> one.at()
                .compareTo(other.at()));
    }

    @Test
    void theFailureOfAReaderEndsTheSimulation() {
        for (Throwable failure : List.of(new IllegalStateException("full"), new StackOverflowError("deep"))) {
            assertThatThrownBy(() -> {
                        try (BackgroundDispatcher aside = new BackgroundDispatcher(List.of(failing(failure)))) {
                            dispatchAll(aside);
                        }
                    })
                    .hasRootCause(failure);
        }
    }

    private static void dispatchAll(BackgroundDispatcher aside) {
        for (int i = 0; i < MANY; i++) {
            aside.accept(new JournalEntry(Duration.ofMillis(i), "", new PowerCut()));
        }
    }

    private static Consumer<JournalEntry> failing(Throwable failure) {
        return entry -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }
}
