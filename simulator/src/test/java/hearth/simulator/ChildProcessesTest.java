package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Timeout(60)
class ChildProcessesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void closeEndsProcessesThatHandleSigtermAndProcessesThatIgnoreIt() throws IOException, InterruptedException {
        ChildProcesses children = new ChildProcesses();
        ChildProcesses.ChildProcess responsive = shell(children, "responsive", "exec sleep 1000");
        ChildProcesses.ChildProcess unresponsive =
                shell(children, "unresponsive", "trap '' TERM; echo ready; while :; do sleep 1; done");
        await().atMost(TIMEOUT).until(() -> unresponsive.logTail(1).equals(List.of("ready")));

        children.close();

        assertThat(responsive.isAlive()).isFalse();
        assertThat(unresponsive.isAlive()).isFalse();
    }

    @Test
    void theBrokerEndsAfterTheOtherProcesses() throws IOException {
        Path nodeEnded = folder.resolve("nodeEnded");
        String brokerEndedLast = folder.resolve("brokerEndedLast").toString();
        ChildProcesses children = new ChildProcesses();
        shell(
                children,
                "broker",
                "trap 'test -e " + nodeEnded + " && touch " + brokerEndedLast
                        + "; exit 0' TERM; echo up; while :; do sleep 0.02; done");
        shell(children, "node", "trap 'touch " + nodeEnded + "; exit 0' TERM; echo up; while :; do sleep 0.02; done");
        await().atMost(TIMEOUT)
                .until(() -> Files.readString(log("broker")).contains("up")
                        && Files.readString(log("node")).contains("up"));

        children.close();

        assertThat(Path.of(brokerEndedLast)).exists();
    }

    @Test
    void aProcessThatExitsIsReportedWithItsOutputAndRestarted() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            String diesOnce = "test -e again && exec sleep 1000; touch again; echo first; echo last; exit 3";
            ChildProcesses.ChildProcess child = shell(children, "airco", "cd " + folder + "; " + diesOnce);
            ProcessSupervisor supervisor = new ProcessSupervisor(Optional.of(child), output::add);
            supervisor.startupDone();
            child.awaitExit(TIMEOUT);

            await().atMost(TIMEOUT).until(() -> {
                supervisor.check();
                return output.size() == 4;
            });

            assertThat(output)
                    .containsExactly(
                            "airco exited with status 3", "  airco: first", "  airco: last", "airco restarted");
        }
    }

    @Test
    void threeExitsInARowSoonAfterTheStartEndTheDemo() throws IOException {
        List<String> output = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            ProcessSupervisor supervisor =
                    new ProcessSupervisor(Optional.of(shell(children, "car", "exit 1")), output::add);
            supervisor.startupDone();

            await().atMost(TIMEOUT).until(() -> {
                try {
                    supervisor.check();
                    return false;
                } catch (IOException e) {
                    return String.valueOf(e.getMessage())
                            .equals("car exited 3 times in a row within 10 s of its start: see its output above");
                }
            });
        }
    }

    @Test
    void anExitBeforeAllProcessesHaveStartedEndsTheDemo() throws IOException, InterruptedException {
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcesses.ChildProcess child = shell(children, "car", "exit 1");
            child.awaitExit(TIMEOUT);
            ProcessSupervisor supervisor = new ProcessSupervisor(Optional.of(child), line -> {});

            assertThatThrownBy(supervisor::check).hasMessage("car cannot start: correct the error above");
        }
    }

    @Test
    void aProcessWithBadSettingsIsNotRestarted() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcesses.ChildProcess child = shell(children, "car", "echo car.hoem: no such setting; exit 78");
            child.awaitExit(TIMEOUT);
            ProcessSupervisor supervisor = new ProcessSupervisor(Optional.of(child), output::add);
            supervisor.startupDone();

            assertThatThrownBy(supervisor::check)
                    .isInstanceOf(IOException.class)
                    .hasMessage("car cannot start: correct the error above");

            assertThat(output).contains("  car: car.hoem: no such setting");
        }
    }

    private ChildProcesses.ChildProcess shell(ChildProcesses children, String name, String script) throws IOException {
        return children.start(name, List.of("sh", "-c", script), log(name));
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
