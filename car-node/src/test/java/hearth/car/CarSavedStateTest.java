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

/** The saved state, and how the node reads it after a power cut. */
final class CarSavedStateTest {

    @Test
    void theStageOfTheTripIsSaved() {
        CarScenario car = CarScenario.from(0).standing("1m");
        assertThat(car.story().savedState()).isEqualTo(Map.of("stage", "over"));

        car.to(6_000, 15);
        assertThat(car.story().savedState()).isEqualTo(Map.of("stage", "ready", "trip", "boot1-1"));

        car.to(3_500, 15);
        Map<String, String> announced = Map.of("stage", "coming", "trip", "boot1-1", "within-km", "4");
        assertThat(car.story().savedState()).isEqualTo(announced);

        car.restarted();
        assertThat(car.story().savedState()).isEqualTo(announced);
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
    void invalidEntriesAreRejected(String entries) {
        CarScenario car = CarScenario.from(30, new Boot("boot1", entries(entries), false));

        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stage=over", "stage=ready trip=a-1", "stage=coming trip=a-1 within-km=99999"})
    void validEntriesAreAccepted(String entries) {
        CarScenario car = CarScenario.from(30, new Boot("boot1", entries(entries), false));

        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aLateOrRepeatedResetHasNoEffect() {
        CarScenario car = CarScenario.from(30, new Boot("boot1", Map.of(), true));

        car.reset("late", car.story().now());
        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
        car.reset("once", Instant.MAX).reset("once", Instant.MAX);

        assertThat(car.latest(CommonTopics.FAULT)).isEqualTo("none");
        assertThat(car.story().announced(Result.TOPIC))
                .extracting(Result::outcome)
                .containsExactly(Outcome.EXPIRED, Outcome.DONE);
    }

    private static Map<String, String> entries(String words) {
        Map<String, String> entries = new TreeMap<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ", -1)) {
            entries.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return entries;
    }
}
