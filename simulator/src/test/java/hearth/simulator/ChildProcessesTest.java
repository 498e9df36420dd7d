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
    void closingEndsThoseThatListenAndThoseThatDoNot() throws IOException, InterruptedException {
        ChildProcesses children = new ChildProcesses();
        ChildProcesses.ChildProcess polite = shell(children, "polite", "exec sleep 1000");
        ChildProcesses.ChildProcess deaf =
                shell(children, "deaf", "trap '' TERM; echo ready; while :; do sleep 1; done");
        await().atMost(TIMEOUT).until(() -> deaf.logTail(1).equals(List.of("ready")));

        children.close();

        assertThat(polite.isAlive()).isFalse();
        assertThat(deaf.isAlive()).isFalse();
    }

    @Test
    void theBrokerIsEndedAfterTheOthersHaveSaidGoodbye() throws IOException {
        Path gone = folder.resolve("gone");
        String told = folder.resolve("told").toString();
        ChildProcesses children = new ChildProcesses();
        shell(
                children,
                "broker",
                "trap 'test -e " + gone + " && touch " + told
                        + "; exit 0' TERM; echo up; while :; do sleep 0.02; done");
        shell(children, "node", "trap 'touch " + gone + "; exit 0' TERM; echo up; while :; do sleep 0.02; done");
        await().atMost(TIMEOUT)
                .until(() -> Files.readString(log("broker")).contains("up")
                        && Files.readString(log("node")).contains("up"));

        children.close();

        assertThat(Path.of(told)).exists();
    }

    @Test
    void whatDiedIsMournedWithItsLastWordsAndStartedAgain() throws IOException, InterruptedException {
        List<String> page = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            String diesOnce = "test -e again && exec sleep 1000; touch again; echo first; echo last; exit 3";
            ChildProcesses.ChildProcess child = shell(children, "airco", "cd " + folder + "; " + diesOnce);
            ProcessSupervisor watch = new ProcessSupervisor(Optional.of(child), page::add);
            watch.startupDone();
            child.awaitExit(TIMEOUT);

            await().atMost(TIMEOUT).until(() -> {
                watch.check();
                return page.size() == 4;
            });

            assertThat(page)
                    .containsExactly(
                            "airco ended with status 3", "  airco: first", "  airco: last", "airco is started again");
        }
    }

    @Test
    void whatDiesAgainAndAgainAtOnceEndsTheDemo() throws IOException {
        List<String> page = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            ProcessSupervisor watch = new ProcessSupervisor(Optional.of(shell(children, "car", "exit 1")), page::add);
            watch.startupDone();

            await().atMost(TIMEOUT).until(() -> {
                try {
                    watch.check();
                    return false;
                } catch (IOException e) {
                    return String.valueOf(e.getMessage())
                            .equals("car ended 3 times in a row as soon as it was started");
                }
            });
        }
    }

    @Test
    void whatDoesNotEvenComeUpEndsTheDemo() throws IOException, InterruptedException {
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcesses.ChildProcess child = shell(children, "car", "exit 1");
            child.awaitExit(TIMEOUT);
            ProcessSupervisor watch = new ProcessSupervisor(Optional.of(child), line -> {});

            assertThatThrownBy(watch::check).hasMessage("car cannot run like this");
        }
    }

    @Test
    void badSettingsAreNotTriedAgain() throws IOException, InterruptedException {
        List<String> page = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcesses.ChildProcess child = shell(children, "car", "echo car.hoem: no such setting; exit 78");
            child.awaitExit(TIMEOUT);
            ProcessSupervisor watch = new ProcessSupervisor(Optional.of(child), page::add);
            watch.startupDone();

            assertThatThrownBy(watch::check).isInstanceOf(IOException.class).hasMessage("car cannot run like this");

            assertThat(page).contains("  car: car.hoem: no such setting");
        }
    }

    private ChildProcesses.ChildProcess shell(ChildProcesses children, String name, String script) throws IOException {
        return children.start(name, List.of("sh", "-c", script), log(name));
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
