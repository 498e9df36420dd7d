package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.common.value.TimeScale;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void withoutOptionsItRunsSixtyTimesRealTimeUntilStopped() throws BadSettings {
        assertThat(Options.parse()).isEqualTo(new Options(false, false, new TimeScale(60), "", Optional.empty(), 4327));
    }

    @Test
    void allOptionsAtOnce() throws BadSettings {
        Options options = Options.parse(
                "--story", "--speed", "120", "--broker", "192.168.1.5:1883", "--dir", "/tmp/x", "--page", "0");

        assertThat(options)
                .isEqualTo(new Options(
                        false, true, new TimeScale(120), "192.168.1.5:1883", Optional.of(Path.of("/tmp/x")), 0));
    }

    @Test
    void nonsenseIsAnsweredWithWhatIsExpected() {
        refuses("--stroy: no such option", "--stroy");
        refuses("--speed fast: expected a whole number", "--speed", "fast");
        refuses("--speed 0: expected a whole number", "--speed", "0");
        refuses("--speed: expected a value behind it", "--speed");
        refuses("--broker tcp: expected mosquitto, embedded, or HOST:PORT", "--broker", "tcp");
        refuses("--page 70000: expected a port", "--page", "70000");
        refuses("--broker pi:99999: expected", "--broker", "pi:99999");
    }

    @Test
    void aStoryTooSlowToFitInFiveMinutesIsRefused() {
        refuses("the story needs 20 or more", "--story", "--speed", "19");
    }

    private static void refuses(String why, String... args) {
        assertThatThrownBy(() -> Options.parse(args))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining(why);
    }
}
