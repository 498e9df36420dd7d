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
 * The page on which an owner finds the meaning of a message. No message is copied by hand: the code writes it in this
 * test, or it is a constant, or a source file has it word for word ({@code journal.txt}). After a change, write the
 * page again with {@code mvn -pl proving -am test -Dtest=TroubleshootingDocTest -Dhearth.docs=write
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
            # Troubleshooting

            Search this page for the message you got. The messages are taken from the code, so they are exactly those
            of the program; `…` stands for a part that differs. See [wiring.md](wiring.md) for the wiring,
            [install.md](install.md) for the installation, and [faults.md](evidence/faults.md) for all known faults and
            the tests that show how a node behaves with each.

            ```
            systemctl status thermostat-node             # does the node run? and its last messages
            journalctl -u thermostat-node -b             # all messages since the Pi started
            thermostat-node --check                      # with the node stopped: lists all errors in settings and hardware
            mosquitto_sub -v -t 'home/+/fault' -t 'home/+/reason' -t 'home/+/result'
            cgps                                         # in the car: the positions of gpsd (package gpsd-clients)
            ```

            `mosquitto_sub` runs like this on the Pi of a broker with Debian's configuration. With a broker that `hearth-enrol`
            set up, add the options of [Watch all messages](install.md#watch-all-messages).

            ## Exit codes

            | status | meaning | what systemd does |
            |---|---|---|
            %s
            ## Errors of the board and the sensor

            `--check` prints these errors and ends with status 78 for any of them. `init` prints them as a note. The node
            logs them at every start.

            | message | what follows |
            |---|---|
            %s
            ## Errors in the settings

            The node lists all errors at once, with file, line, value and the expected value. It ends with status 78 and
            has not changed any pin. For the file

            ```
            %s```

            the messages are

            ```
            %s```

            For the files with keys and passwords ([how to make them](install.md#3-the-broker)), the messages are as
            follows; the node also ends with status 78:

            ```
            %s```

            ## Find the cause of a fault

            The topic `<node>/fault` has the code of the most severe fault, or `none`. The journal has it as `fault …`. All
            faults except `no-response-latched` and `state-lost` end by themselves once the cause is gone. One failed
            reading of the sensor is ignored; three in a row are a fault, and the outputs that depend on the sensor are
            switched off. If the sensor then fails in another way, the code changes after 30 s in which no other failure occurred.

            | code | meaning | what to do |
            |---|---|---|
            %s
            ## Find out why a command was rejected

            These are the messages on `<node>/result`. A rejected command changes nothing: a value is never rounded or
            limited to the allowed range.

            | command | result | what to do |
            |---|---|---|
            %s
            ## Look up a journal message

            | message | meaning and remedy |
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
                        case OK -> "if systemd stopped the node: nothing. If the node ended by itself: as for status 1";
                        case FAILED ->
                            "runs the stop hook `outputs-off`, which switches all outputs off; starts the node again after 5 s, without limit";
                        case BAD_SETTINGS ->
                            "does not start the node again: correct the error, then `sudo systemctl start"
                                    + " thermostat-node`";
                    }));
        }
        String unit =
                Files.readString(RenderedDocs.PROJECT.resolve("systemd/package/usr/lib/systemd/system/@node@.service"));
        assertThat(unit).contains("\nRestart=always\n", "\nRestartSec=5\n", "\nRestartPreventExitStatus=78\n");
        rows.append(row("`9/KILL`", "killed; with `watchdog`: the loop of the node hung for 10 s", "as for status 1"));
        assertThat(unit).contains("\nWatchdogSec=10\n", "\nWatchdogSignal=SIGKILL\n");
        return rows.toString();
    }

    private String boardProblems() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (BoardProblem problemCase : BoardProblem.values()) {
            Problem problem = problemCase
                    .problems(Files.createDirectory(folder.resolve(problemCase.name())))
                    .get(0);
            String message = problem.message().replace(" " + System.getProperty("user.name") + " and", " you and");
            String then =
                    switch (problem.severity()) {
                        case FATAL -> "the node ends with status 78";
                        case RETRY -> "the node ends with status 1, and systemd starts it again";
                        case WARNING ->
                            "the node runs with all outputs off and publishes the fault, until the cause is gone";
                    };
            rows.append(row(code(message), then + remedyOf(problemCase)));
        }
        return rows.toString();
    }

    private static String remedyOf(BoardProblem problemCase) {
        return switch (problemCase) {
            case BOARD_TOO_NEW -> ". A new Pi model needs a newer version of Pi4J";
            case PIN_USED_BY_A_NODE -> ". With `--check` this is normal while the node runs";
            case NO_ONE_WIRE, NO_SENSOR -> ". [How to wire the sensor](wiring.md#the-sensor)";
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
            throw new AssertionError("expected BadSettings, but the settings were accepted");
        } catch (BadSettings e) {
            return String.join("\n", e.problems()) + "\n";
        }
    }

    private String secrets() throws IOException, InterruptedException {
        Path secrets = CredentialProblem.secrets(folder.resolve("secrets"));
        StringBuilder message = new StringBuilder();
        for (CredentialProblem problemCase : CredentialProblem.values()) {
            problemCase.problems(secrets).forEach(problem -> message.append(
                            problem.replace(secrets.toString(), "/home/you"))
                    .append('\n'));
        }
        return message.toString();
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

    /** Only a slow network and a broken relay cause these. */
    private static String untestedRejections() {
        String late = sourceText(
                "common/src/main/java/hearth/common/core/CommandLog.java", "the command arrived after its expiry");
        String relay = sourceText(
                "coffee-node/src/main/java/hearth/coffee/BrewCycle.java", "the relay could not be switched on");
        return row(
                        "any, delivered after one minute or more",
                        "expired: " + code(late),
                        "send it again if you still need it")
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
                    String message = String.join(" … ", fragments).replace("{}", "…");
                    rows.append(row(code(message), parts[parts.length - 1]));
                }
            }
        }
        return rows.toString();
    }

    /** Requires that the source file has this text, word for word. */
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
