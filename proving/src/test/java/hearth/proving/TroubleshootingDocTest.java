package hearth.proving;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.Problem;
import hearth.common.hal.pi.BoardProblem;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.runtime.CredentialProblem;
import hearth.common.runtime.ExitStatus;
import hearth.common.runtime.NodeSettings;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.proving.CommandRejections.CommandRejection;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page by which an owner finds out what a message means. No message on it is typed: each was said by the code as this
 * test ran, is a constant of it, or stands word for word in a source file ({@code journal.txt}). After a change write it
 * anew with {@code mvn -pl proving -am test -Dtest=TroubleshootingDocTest -Dhearth.docs=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class TroubleshootingDocTest {

    @TempDir
    private Path folder;

    @Test
    void messagesAreAsTheDocumentSays() throws Exception {
        String text = PAGE.formatted(
                exitCodes(),
                boardProblems(),
                BAD_SETTINGS,
                settings(),
                secrets(),
                faults(),
                rejections() + untestedRejections(),
                journal());

        RenderedDocs.assertUpToDate("troubleshooting.md", text);
    }

    private static final String PAGE = """
            # When something is wrong

            Search this page for what you read. Its messages are rendered from the code, so they are those of the program;
            `…` stands for what differs from time to time. How to wire is in [wiring.md](wiring.md), how to install in
            [install.md](install.md), and what may go wrong at all, with the tests that show what happens then, in
            [faults.md](evidence/faults.md).

            ```
            systemctl status thermostat-node             # does it run, and if not, what did it say last
            journalctl -u thermostat-node -b             # all it said since the Pi started
            thermostat-node --check                      # while it is stopped: settings and hardware, all at once
            mosquitto_sub -v -t 'home/+/fault' -t 'home/+/reason' -t 'home/+/result'
            ```

            ## How it ended

            | status | means | what systemd does |
            |---|---|---|
            %s
            ## The board and its sensor

            Said by `--check`, which ends with 78 whatever it finds, by `init` as a note, and at every start.

            | it says | and then |
            |---|---|
            %s
            ## The settings

            All that is wrong is said at once, with file, line, value and what was expected; it ends with status 78, and no
            pin was touched. Of

            ```
            %s```

            it says

            ```
            %s```

            Of the files by which a node and its broker know each other ([how to make them](install.md#3-the-broker))
            it may say, with status 78 as well:

            ```
            %s```

            ## A fault

            What stands on `<node>/fault`, and in the journal as `fault …`: the strongest there is, `none` if there is none.
            All but `no-response-latched` and `state-lost` go away by themselves once what they tell of is over. One reading
            that fails is noise; three in a row are a fault and switch off what depends on it. A sensor that goes on
            failing in another way has the new code after half a minute of nothing else.

            | code | means | what to do |
            |---|---|---|
            %s
            ## A command that was not obeyed

            What came back on `<node>/result`. What was refused changed nothing, and nothing was bent to fit.

            | sent | came back | what to do |
            |---|---|---|
            %s
            ## In the journal

            | it says | means |
            |---|---|
            %s""";

    private static final String BAD_SETTINGS = """
            node.name = Living Room
            airco.target = 200
            airco.heat.gpio = 4
            airco.heat.min-on = fast
            airco.tagret = 20
            airco.cool.gpio = 27
            airco.cool.gpio = 22
            """;

    private static String exitCodes() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (ExitStatus status : ExitStatus.values()) {
            rows.append(row(
                    String.valueOf(status.code()),
                    status.meaning(),
                    switch (status) {
                        case OK -> "leaves it if it was asked to stop it; else as with 1";
                        case FAILED -> "`outputs-off`; starts it again after 5 s, for ever";
                        case BAD_SETTINGS ->
                            "leaves it: mend what it says, then `sudo systemctl start thermostat-node`";
                    }));
        }
        String unit =
                Files.readString(RenderedDocs.PROJECT.resolve("systemd/package/usr/lib/systemd/system/@node@.service"));
        assertThat(unit).contains("\nRestart=always\n", "\nRestartSec=5\n", "\nRestartPreventExitStatus=78\n");
        rows.append(row("`9/KILL`", "killed; with `watchdog`, its loop did not turn for 10 s", "as with 1"));
        assertThat(unit).contains("\nWatchdogSec=10\n", "\nWatchdogSignal=SIGKILL\n");
        return rows.toString();
    }

    private String boardProblems() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (BoardProblem mishap : BoardProblem.values()) {
            Problem problem = mishap.problems(Files.createDirectory(folder.resolve(mishap.name())))
                    .get(0);
            String said = problem.message().replace(" " + System.getProperty("user.name") + ",", " …,");
            String then =
                    switch (problem.severity()) {
                        case FATAL -> "it ends with status 78";
                        case RETRY -> "it ends with status 1, and is tried again";
                        case WARNING -> "it runs with all off and says so on `fault`, until that is over";
                    };
            rows.append(row(code(said), then + remedyOf(mishap)));
        }
        return rows.toString();
    }

    private static String remedyOf(BoardProblem mishap) {
        return switch (mishap) {
            case A_BOARD_TOO_NEW -> ". A Pi newer than this Pi4J wants a newer Pi4J";
            case A_PIN_THAT_A_NODE_HOLDS -> ". Of `--check` while the node runs this is no fault";
            case NO_ONE_WIRE, NO_SENSOR -> ". [How it is wired](wiring.md#the-sensor)";
            default -> "";
        };
    }

    private static String settings() {
        NodeType<?> thermostat = new ThermostatNode();
        try {
            Settings.of("thermostat.conf", BAD_SETTINGS).<Object>check(settings -> {
                NodeSettings.read(settings);
                return thermostat.readSettings(settings);
            });
            throw new AssertionError("nothing was wrong with them");
        } catch (BadSettings e) {
            return String.join("\n", e.problems()) + "\n";
        }
    }

    private String secrets() throws IOException, InterruptedException {
        Path secrets = CredentialProblem.secrets(folder.resolve("secrets"));
        StringBuilder said = new StringBuilder();
        for (CredentialProblem mishap : CredentialProblem.values()) {
            mishap.problems(secrets).forEach(problem -> said.append(problem.replace(secrets.toString(), "/home/you"))
                    .append('\n'));
        }
        return said.toString();
    }

    private static String faults() {
        return FaultCodes.all().stream()
                .map(fault -> row(code(fault.code()), fault.meaning(), fault.remedy()))
                .collect(joining());
    }

    private String rejections() throws IOException, Malformed {
        StringBuilder rows = new StringBuilder();
        for (CommandRejection refusal : CommandRejections.all(folder)) {
            Payload.Fields answer = Json.fields(refusal.answer());
            rows.append(row(
                    code(refusal.topic()) + " " + refusal.sent(),
                    answer.text("outcome") + ": " + code(answer.text("because")),
                    refusal.remedy()));
        }
        return rows.toString();
    }

    /** It would take a slow network and a broken relay to hear these. */
    private static String untestedRejections() {
        String late = sourceText("common/src/main/java/hearth/common/core/Docket.java", "it came too late");
        String relay =
                sourceText("coffee-node/src/main/java/hearth/coffee/BrewCycle.java", "the relay does not switch on");
        return row("any, a minute or longer on its way", "expired: " + code(late), "ask again, if it is still wanted")
                + row("`coffee/brew/set` `PRESS`", "rejected: " + code(relay), "the journal has the cause");
    }

    private static String journal() throws IOException {
        StringBuilder rows = new StringBuilder();
        try (InputStream in = TroubleshootingDocTest.class.getResourceAsStream("journal.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ", -1);
                    List<String> fragments = List.of(parts).subList(1, parts.length - 1);
                    fragments.forEach(fragment -> sourceText(parts[0], fragment));
                    String said = String.join(" … ", fragments).replace("{}", "…");
                    rows.append(row(code(said), parts[parts.length - 1]));
                }
            }
        }
        return rows.toString();
    }

    /** What stands in that source file, word for word. */
    private static String sourceText(String file, String fragment) {
        assertThat(RenderedDocs.PROJECT.resolve(file)).content().contains(fragment);
        return fragment;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
