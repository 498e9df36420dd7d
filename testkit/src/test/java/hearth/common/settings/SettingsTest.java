package hearth.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hearth.common.value.Celsius;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings files as an owner may write them, and the error messages. */
final class SettingsTest {

    private enum Shade {
        DARK,
        HALF_LIT
    }

    private static final Setting<Celsius> TARGET =
            Setting.celsius("airco.target", "20.0", 5, 30, 0.5, "what the room should be");
    private static final Setting<Double> BAND = Setting.number("airco.band", "2.0", 0.2, 5.0, " K", "how far off");
    private static final Setting<Integer> PIN =
            Setting.whole("airco.gpio", "none", 2, 27, "the pin").or("none", -1);
    private static final Setting<Duration> REST = Setting.duration("airco.rest", "5m", "0s", "1h", "the shortest rest");
    private static final Setting<Boolean> FLIPPED = Setting.flag("airco.active-low", "false", "which way round");
    private static final Setting<Shade> SHADE = Setting.oneOf("airco.shade", "dark", Shade.class, "how light it is");
    private static final Setting<String> WORD =
            Setting.text("airco.word", "abc", Pattern.compile("[a-z]{1,5}"), "1 to 5 of a to z", "a word");
    private static final Setting<List<String>> WORDS = Setting.text(
                    "airco.words", "one, two", Pattern.compile("[a-z]{1,5}"), "1 to 5 of a to z", "some words")
            .listOfUpTo(3);
    private static final Setting<String> NAME = Setting.text(
                    "node.name", "airco", Pattern.compile("[a-z]{1,9}"), "1 to 9 of a to z", "the node's name")
            .asRequired();

    @TempDir
    Path folder;

    @Test
    void anAbsentSettingHasItsDefault() {
        Settings settings = settings("");

        assertThat(settings.get(TARGET)).isEqualTo(Celsius.of(20));
        assertThat(settings.get(BAND)).isEqualTo(2.0);
        assertThat(settings.get(PIN)).isEqualTo(-1);
        assertThat(settings.get(REST)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.get(FLIPPED)).isFalse();
        assertThat(settings.get(SHADE)).isEqualTo(Shade.DARK);
        assertThat(settings.get(WORDS)).containsExactly("one", "two");
        assertThat(settings.requestedSettings()).startsWith(TARGET, BAND, PIN).hasSize(7);
    }

    @Test
    void settingsAreRead() throws BadSettings {
        String text = """
                # A comment, and an empty line.

                airco.target = 21.5
                  airco.band=0.5
                airco.gpio   =   17
                airco.rest = 90s
                airco.active-low = true
                airco.shade = half_lit
                airco.words = a,b , c
                """;

        Settings settings = settings(text);

        assertThat(settings.get(TARGET)).isEqualTo(Celsius.of(21.5));
        assertThat(settings.get(BAND)).isEqualTo(0.5);
        assertThat(settings.get(PIN)).isEqualTo(17);
        assertThat(settings.get(REST)).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.get(FLIPPED)).isTrue();
        assertThat(settings.get(SHADE)).isEqualTo(Shade.HALF_LIT);
        assertThat(settings.get(WORDS)).containsExactly("a", "b", "c");
        assertThat(settings.<String>check(all -> "fine")).isEqualTo("fine");
    }

    @Test
    @Fault("H1")
    void allErrorsAreReportedAtOnceInTheOrderOfTheLines() {
        String text = """
                airco.target = 200
                airco.rest = fast
                airco.tagret = 20
                # fine
                airco.gpio = 99
                airco.active-low = yes
                hello
                airco.word = abc
                airco.word = def
                """;

        assertThat(problems(text, all -> {
                    all.get(FLIPPED);
                    all.get(NAME);
                    all.get(PIN);
                    all.get(REST);
                    all.get(TARGET);
                    return all.get(WORD);
                }))
                .containsExactly(
                        "a.conf: node.name: must be set: the node's name (1 to 9 of a to z)",
                        "a.conf:1: airco.target = 200: must be from 5.0 °C to 30.0 °C",
                        "a.conf:2: airco.rest = fast: expected a duration such as 30s, 5m or 4h",
                        "a.conf:3: airco.tagret = 20: no such setting (did you mean airco.target?)",
                        "a.conf:5: airco.gpio = 99: must be from 2 to 27",
                        "a.conf:6: airco.active-low = yes: expected true or false",
                        "a.conf:7: hello: expected key = value",
                        "a.conf:9: airco.word = def: airco.word is set in line 8 already: remove one of the two lines");
    }

    @Test
    void anUnknownSettingUnlikeAllOthersRefersToTheDocument() {
        assertThat(problems("sauna.temperature = 90", all -> all.get(TARGET)))
                .containsExactly(
                        "a.conf:1: sauna.temperature = 90: no such setting; docs/settings.md lists all settings");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"airco.targe", "airco.tarrget", "airco.Target", "airco_target", "aicro.target"})
    void aMisspeltSettingIsRecognised(String key) {
        assertThat(problems(key + " = 20", all -> all.get(TARGET)))
                .containsExactly("a.conf:1: " + key + " = 20: no such setting (did you mean airco.target?)");
    }

    @Test
    void aRequiredSettingIsRead() throws BadSettings {
        assertThat(read("node.name = bath", NAME)).isEqualTo("bath");
    }

    @Test
    void anEmptyValueIsAnError() {
        String text = """
                airco.target =
                airco.words =
                airco.gpio=
                node.name =\s\s
                """;

        assertThat(problems(text, all -> List.of(all.get(TARGET), all.get(WORDS), all.get(PIN), all.get(NAME))))
                .containsExactly(
                        "a.conf:1: airco.target = : expected a temperature in °C such as 20.0",
                        "a.conf:2: airco.words = : expected 1 to 5 of a to z",
                        "a.conf:3: airco.gpio = : expected a whole number from 2 to 27",
                        "a.conf:4: node.name = : expected 1 to 9 of a to z");
    }

    @Test
    @Fault("H1")
    void conflictingSettingsAreReportedAtTheLineOfTheGivenOne() {
        String text = "\n\nairco.target = 21.0";

        assertThat(problems(text, all -> {
                    all.reportConflict(TARGET, "is warmer than the bath");
                    all.reportConflict(REST, "is too short for it");
                    all.get(REST);
                    return all.get(TARGET);
                }))
                .containsExactly(
                        "a.conf: airco.rest = 5m: is too short for it",
                        "a.conf:3: airco.target = 21.0: is warmer than the bath");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"5", "5.0", "30.0", "20.5"})
    void theBoundsThemselvesAreAllowed(String target) throws BadSettings {
        Celsius read = settings("airco.target = " + target).check(all -> all.get(TARGET));

        assertThat(read.degrees()).isEqualTo(Double.parseDouble(target));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "4.9 | must be from 5.0 °C to 30.0 °C",
                "4.5 | must be from 5.0 °C to 30.0 °C",
                "30.5 | must be from 5.0 °C to 30.0 °C",
                "-20 | must be from 5.0 °C to 30.0 °C",
                "20.3 | must be in steps of 0.5 °C",
                "NaN | expected a temperature in °C such as 20.0",
                "Infinity | expected a temperature in °C such as 20.0",
                "1e1 | expected a temperature in °C such as 20.0",
                "0x14 | expected a temperature in °C such as 20.0",
                "20,5 | expected a temperature in °C such as 20.0",
                "20. | expected a temperature in °C such as 20.0",
                "+20 | expected a temperature in °C such as 20.0",
                "20 # a comment | expected a temperature in °C such as 20.0",
                "99999999999999999999 | expected a temperature in °C such as 20.0"
            })
    void anInvalidTemperatureIsRejected(String text, String why) {
        assertThat(problems("airco.target = " + text, all -> all.get(TARGET)))
                .containsExactly("a.conf:1: airco.target = " + text + ": " + why);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0.2, 0.2", "5, 5.0", "2.5 K, 2.5", "2.5K, 2.5"})
    void aNumberMayHaveItsUnit(String text, double expected) throws BadSettings {
        assertThat(read("airco.band = " + text, BAND)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1 | must be from 0.2 K to 5.0 K",
                "5.1 K | must be from 0.2 K to 5.0 K",
                "2 C | expected a number such as 2.0",
                "K | expected a number such as 2.0"
            })
    void anInvalidNumberIsRejected(String text, String why) {
        assertThat(problems("airco.band = " + text, all -> all.get(BAND)))
                .containsExactly("a.conf:1: airco.band = " + text + ": " + why);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | must be from 2 to 27",
                "28 | must be from 2 to 27",
                "17.5 | expected a whole number from 2 to 27",
                "17.0 | expected a whole number from 2 to 27",
                "GPIO17 | expected a whole number from 2 to 27",
                "9999999999 | expected a whole number from 2 to 27",
                "nothing | expected a whole number from 2 to 27"
            })
    void anInvalidPinIsRejected(String text, String why) {
        assertThat(problems("airco.gpio = " + text, all -> all.get(PIN)))
                .containsExactly("a.conf:1: airco.gpio = " + text + ": " + why);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"2, 2", "27, 27", "none, -1"})
    void aPinOrTheWordForNoneIsRead(String text, int expected) throws BadSettings {
        assertThat(read("airco.gpio = " + text, PIN)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0s, PT0S", "500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "60m, PT1H"})
    void aDurationHasAUnit(String text, Duration expected) throws BadSettings {
        assertThat(read("airco.rest = " + text, REST)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "3601s | must be from 0s to 1h",
                "1d | must be from 0s to 1h",
                "999999999d | must be from 0s to 1h",
                "-5s | expected a duration such as 30s, 5m or 4h",
                "5 | expected a duration such as 30s, 5m or 4h",
                "5 m | expected a duration such as 30s, 5m or 4h",
                "5M | expected a duration such as 30s, 5m or 4h",
                "1h30m | expected a duration such as 30s, 5m or 4h",
                "1.5h | expected a duration such as 30s, 5m or 4h",
                "9999999999s | expected a duration such as 30s, 5m or 4h"
            })
    void anInvalidDurationIsRejected(String text, String why) {
        assertThat(problems("airco.rest = " + text, all -> all.get(REST)))
                .containsExactly("a.conf:1: airco.rest = " + text + ": " + why);
    }

    @Test
    void aDurationMayBeOfDays() throws BadSettings {
        Setting<Duration> keep = Setting.duration("keep", "7d", "1d", "30d", "how long");

        assertThat(read("keep = 7d", keep)).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a, b, c, d | expected at most 3 values",
                "a, , c | expected 1 to 5 of a to z",
                "a, b, | expected 1 to 5 of a to z",
                "a b | expected 1 to 5 of a to z"
            })
    void anInvalidListIsRejected(String text, String why) {
        assertThat(problems("airco.words = " + text, all -> all.get(WORDS)))
                .containsExactly("a.conf:1: airco.words = " + text + ": " + why);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DARK", "Dark", "half-lit", "bright"})
    void anUnknownWordIsRejected(String text) {
        assertThat(problems("airco.shade = " + text, all -> all.get(SHADE)))
                .containsExactly("a.conf:1: airco.shade = " + text + ": expected one of dark, half_lit");
    }

    @Test
    void aFileFromAnotherOperatingSystemIsRead() throws IOException, BadSettings {
        Path file = write("# Notepad\r\n\r\nairco.target = 21.0\r\nairco.word = abc\r\n");

        Settings settings = Settings.read(file);

        assertThat(settings.get(TARGET)).isEqualTo(Celsius.of(21));
        assertThat(settings.<String>check(all -> all.get(WORD))).isEqualTo("abc");
    }

    @Test
    void problemsOfAFileOnDiskContainItsName() throws IOException, BadSettings {
        Path file = write("\nairco.target = 200\n");
        Settings settings = Settings.read(file);

        BadSettings bad = catchThrowableOfType(BadSettings.class, () -> settings.check(all -> all.get(TARGET)));

        assertThat(bad).hasMessage("airco.conf:2: airco.target = 200: must be from 5.0 °C to 30.0 °C");
    }

    @Test
    void aMissingFileIsReportedByItsPathWithTheRemedy() {
        Path missing = folder.resolve("missing.conf");

        assertThat(whyNotRead(missing))
                .containsExactly(missing + ": the file does not exist: give its path with --config FILE");
    }

    @Test
    void aFolderIsNotASettingsFile() {
        assertThat(whyNotRead(folder)).hasSize(1).first().asString().startsWith(folder + ": cannot be read");
    }

    @Test
    void aFileThatIsNotTextIsRejected() throws IOException {
        Path file = folder.resolve("airco.conf");
        Files.write(file, "airco.target = 20°C\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(whyNotRead(file)).containsExactly(file + ": is not UTF-8 text");

        Files.write(file, "airco.target = 20\n".getBytes(StandardCharsets.UTF_16));
        assertThat(whyNotRead(file)).containsExactly(file + ": is not UTF-8 text");
    }

    @Test
    void aTooLargeFileIsRejected() throws IOException {
        Path file = write("#\n".repeat(64 * 1024));

        assertThat(whyNotRead(file)).containsExactly(file + ": larger than the maximum (65536 bytes)");
    }

    private static Settings settings(String text) {
        return Settings.of("a.conf", text);
    }

    private static <T> T read(String text, Setting<T> setting) throws BadSettings {
        return settings(text).check(all -> all.get(setting));
    }

    private static List<String> problems(String text, Function<Settings, Object> reader) {
        BadSettings bad =
                catchThrowableOfType(BadSettings.class, () -> settings(text).check(reader));
        assertThat(bad).as("nothing was found wrong").isNotNull();
        return bad.problems();
    }

    private static List<String> whyNotRead(Path file) {
        BadSettings bad = catchThrowableOfType(BadSettings.class, () -> Settings.read(file));
        assertThat(bad).as("it was read").isNotNull();
        return bad.problems();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("airco.conf"), text);
    }
}
