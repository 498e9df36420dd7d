package hearth.proving.year;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event.PowerCut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsideTest {

    /** More than waits for a reader at most. */
    private static final int MANY = 100_000;

    @Test
    void allThatHappensIsReadInItsOrder() {
        List<Entry> read = new ArrayList<>();
        try (Aside aside = new Aside(List.of(read::add))) {
            live(aside);
        }
        assertThat(read).hasSize(MANY).isSortedAccordingTo((one, other) -> one.at()
                .compareTo(other.at()));
    }

    @Test
    void whoeverLivesIsToldThatAReaderFailed() {
        for (Throwable failure : List.of(new IllegalStateException("full"), new StackOverflowError("deep"))) {
            assertThatThrownBy(() -> {
                        try (Aside aside = new Aside(List.of(failing(failure)))) {
                            live(aside);
                        }
                    })
                    .hasRootCause(failure);
        }
    }

    private static void live(Aside aside) {
        for (int i = 0; i < MANY; i++) {
            aside.accept(new Entry(Duration.ofMillis(i), "", new PowerCut()));
        }
    }

    private static Consumer<Entry> failing(Throwable failure) {
        return entry -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }
}
