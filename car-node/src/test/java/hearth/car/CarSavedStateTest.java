package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on its disk, and what it makes of it after a power cut. */
final class CarSavedStateTest {

    @Test
    void theDiskTellsHowFarTheTripIs() {
        CarScenario drive = CarScenario.from(0).standing("1m");
        assertThat(drive.story().savedState()).isEqualTo(Map.of("stage", "over"));

        drive.to(6_000, 15);
        assertThat(drive.story().savedState()).isEqualTo(Map.of("stage", "ready", "trip", "boot1-1"));

        drive.to(3_500, 15);
        Map<String, String> open = Map.of("stage", "coming", "trip", "boot1-1", "within-km", "4");
        assertThat(drive.story().savedState()).isEqualTo(open);

        drive.restarted();
        assertThat(drive.story().savedState()).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trip=a-1",
                "stage=parked",
                "stage=ready",
                "stage=ready trip=a/1",
                "stage=coming trip=a-1",
                "stage=coming trip=a-1 within-km=near",
                "stage=coming trip=a-1 within-km=100000",
                "stage=coming within-km=7",
                "stage=coming trip=a/1 within-km=7",
            })
    void notesItDidNotWriteItDoesNotTrust(String notes) {
        CarScenario drive = CarScenario.from(30, new Boot("boot1", notes(notes), false));

        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stage=over", "stage=ready trip=a-1", "stage=coming trip=a-1 within-km=99999"})
    void notesItMayHaveWrittenItTrusts(String notes) {
        CarScenario drive = CarScenario.from(30, new Boot("boot1", notes(notes), false));

        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aResetThatComesLateOrTwiceIsTurnedAway() {
        CarScenario drive = CarScenario.from(30, new Boot("boot1", Map.of(), true));

        drive.reset("late", drive.story().now());
        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
        drive.reset("once", Instant.MAX).reset("once", Instant.MAX);

        assertThat(drive.latest(CommonTopics.FAULT)).isEqualTo("none");
        assertThat(drive.story().announced(Result.TOPIC))
                .extracting(Result::outcome)
                .containsExactly(Outcome.EXPIRED, Outcome.DONE);
    }

    private static Map<String, String> notes(String words) {
        Map<String, String> notes = new TreeMap<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ", -1)) {
            notes.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return notes;
    }
}
