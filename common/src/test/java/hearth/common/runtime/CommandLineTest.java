package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hearth.common.runtime.CommandLine.Verb;
import hearth.common.settings.BadSettings;
import hearth.common.value.TimeScale;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {

    @Test
    void withoutOptionsItRunsOnHardwareWithTheSettingsInEtc() throws BadSettings {
        assertThat(parse())
                .isEqualTo(new CommandLine(
                        Verb.RUN, "", Path.of("/etc/hearth/thermostat.conf"), Optional.empty(), TimeScale.REAL_TIME));
    }

    @Test
    void optionsAreReadInAnyOrder() throws BadSettings {
        CommandLine expected =
                new CommandLine(Verb.RUN, "", Path.of("a.conf"), Optional.of(Path.of("dir")), new TimeScale(60));

        assertThat(parse("--config", "a.conf", "--mock", "dir", "--speed", "60"))
                .isEqualTo(expected);
        assertThat(parse("--speed", "60", "--mock", "dir", "--config", "a.conf"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"--check, CHECK", "--help, HELP", "--version, VERSION", "init, INIT"})
    void aVerbIsRead(String option, Verb verb) throws BadSettings {
        assertThat(parse(option).verb()).isEqualTo(verb);
    }

    @Test
    void aRelayTestNamesItsOutput() throws BadSettings {
        CommandLine expected = parse("relay-test", "heat", "--config", "a.conf");

        assertThat(expected.verb()).isEqualTo(Verb.RELAY_TEST);
        assertThat(expected.output()).isEqualTo("heat");
        assertThat(expected.config()).isEqualTo(Path.of("a.conf"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--fast | --fast: no such option; see thermostat-node --help",
                "dir | dir: no such option; see thermostat-node --help",
                "--speed=60 | --speed=60: no such option; see thermostat-node --help",
                "relay-test | relay-test: expected the name of an output after it",
                "--config | --config: expected a settings file after it",
                "--mock | --mock: expected a folder after it",
                "--mock dir --speed | --speed: expected a whole number after it",
                "--speed 60 | --speed requires --mock DIR: real hardware runs in real time",
                "--rehearse | --rehearse requires --mock DIR: it uses no real hardware",
                "--mock dir --speed 0 | --speed 0: expected a whole number from 1 to 10000",
                "--mock dir --speed 10001 | --speed 10001: expected a whole number from 1 to 10000",
                "--mock dir --speed -1 | --speed -1: expected a whole number from 1 to 10000",
                "--mock dir --speed 1.5 | --speed 1.5: expected a whole number from 1 to 10000",
                "--mock dir --speed fast | --speed fast: expected a whole number from 1 to 10000",
                "--mock dir --speed 99999999999 | --speed 99999999999: expected a whole number from 1 to 10000"
            })
    void anUnknownOptionIsReportedWithTheRemedy(String line, String why) {
        BadSettings bad = catchThrowableOfType(BadSettings.class, () -> parse(line.split(" ", -1)));

        assertThat(bad).hasMessage(why);
    }

    @Test
    void theHelpNamesEveryOptionAndTheSettingsOfThisProgram() {
        assertThat(CommandLine.help("coffee-node", "makes coffee"))
                .startsWith("coffee-node: makes coffee\n")
                .contains("/etc/hearth/coffee.conf")
                .contains(
                        "init",
                        "relay-test",
                        "--config",
                        "--mock",
                        "--speed",
                        "--rehearse",
                        "--check",
                        "--help",
                        "--version");
    }

    private static CommandLine parse(String... args) throws BadSettings {
        return CommandLine.parse("thermostat-node", args);
    }
}
