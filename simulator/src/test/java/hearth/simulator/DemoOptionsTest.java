package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.common.value.TimeScale;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void withoutOptionsItRunsSixtyTimesRealTimeUntilStopped() throws BadSettings {
        assertThat(DemoOptions.parse())
                .isEqualTo(new DemoOptions(false, false, new TimeScale(60), "", Optional.empty(), 4327));
    }

    @Test
    void aStoryRunsAtHundredAndTwentyTimesRealTimeUnlessASpeedIsGiven() throws BadSettings {
        assertThat(DemoOptions.parse("--story").timeScale()).isEqualTo(new TimeScale(120));
        assertThat(DemoOptions.parse("--speed", "60", "--story").timeScale()).isEqualTo(new TimeScale(60));
    }

    @Test
    void allOptionsAtOnce() throws BadSettings {
        DemoOptions options = DemoOptions.parse(
                "--story", "--speed", "120", "--broker", "192.168.1.5:1883", "--dir", "/tmp/x", "--page", "0");

        assertThat(options)
                .isEqualTo(new DemoOptions(
                        false, true, new TimeScale(120), "192.168.1.5:1883", Optional.of(Path.of("/tmp/x")), 0));
    }

    @Test
    void aBadOptionIsRejectedWithTheExpectedValues() {
        assertRejected("--stroy: no such option", "--stroy");
        assertRejected("--speed fast: expected a whole number", "--speed", "fast");
        assertRejected("--speed 0: expected a whole number", "--speed", "0");
        assertRejected("--speed: requires a value", "--speed");
        assertRejected("--broker tcp: expected mosquitto, embedded, or HOST:PORT", "--broker", "tcp");
        assertRejected("--page 70000: expected a port", "--page", "70000");
        assertRejected("--broker pi:99999: expected", "--broker", "pi:99999");
    }

    @Test
    void aSpeedThatTheStoryCannotFinishInFiveMinutesIsRejected() {
        assertRejected("the story needs 20 or more", "--story", "--speed", "19");
    }

    private static void assertRejected(String why, String... args) {
        assertThatThrownBy(() -> DemoOptions.parse(args))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining(why);
    }
}
