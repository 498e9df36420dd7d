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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildrenTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void closingEndsThoseThatListenAndThoseThatDoNot() throws IOException, InterruptedException {
        Children children = new Children();
        Children.Child polite = shell(children, "polite", "exec sleep 1000");
        Children.Child deaf = shell(children, "deaf", "trap '' TERM; echo ready; while :; do sleep 1; done");
        await().atMost(PATIENCE).until(() -> deaf.lastWords(1).equals(List.of("ready")));

        children.close();

        assertThat(polite.alive()).isFalse();
        assertThat(deaf.alive()).isFalse();
    }

    @Test
    void theBrokerIsEndedAfterTheOthersHaveSaidGoodbye() throws IOException {
        Path gone = folder.resolve("gone");
        String told = folder.resolve("told").toString();
        Children children = new Children();
        shell(
                children,
                "broker",
                "trap 'test -e " + gone + " && touch " + told
                        + "; exit 0' TERM; echo up; while :; do sleep 0.02; done");
        shell(children, "node", "trap 'touch " + gone + "; exit 0' TERM; echo up; while :; do sleep 0.02; done");
        await().atMost(PATIENCE)
                .until(() -> Files.readString(log("broker")).contains("up")
                        && Files.readString(log("node")).contains("up"));

        children.close();

        assertThat(Path.of(told)).exists();
    }

    @Test
    void whatDiedIsMournedWithItsLastWordsAndStartedAgain() throws IOException, InterruptedException {
        List<String> page = new ArrayList<>();
        try (Children children = new Children()) {
            String diesOnce = "test -e again && exec sleep 1000; touch again; echo first; echo last; exit 3";
            Children.Child child = shell(children, "airco", "cd " + folder + "; " + diesOnce);
            Watch watch = new Watch(Optional.of(child), page::add);
            watch.allUp();
            child.endsWithin(PATIENCE);

            await().atMost(PATIENCE).until(() -> {
                watch.look();
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
        try (Children children = new Children()) {
            Watch watch = new Watch(Optional.of(shell(children, "car", "exit 1")), page::add);
            watch.allUp();

            await().atMost(PATIENCE).until(() -> {
                try {
                    watch.look();
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
        try (Children children = new Children()) {
            Children.Child child = shell(children, "car", "exit 1");
            child.endsWithin(PATIENCE);
            Watch watch = new Watch(Optional.of(child), line -> {});

            assertThatThrownBy(watch::look).hasMessage("car cannot run like this");
        }
    }

    @Test
    void badSettingsAreNotTriedAgain() throws IOException, InterruptedException {
        List<String> page = new ArrayList<>();
        try (Children children = new Children()) {
            Children.Child child = shell(children, "car", "echo car.hoem: no such setting; exit 78");
            child.endsWithin(PATIENCE);
            Watch watch = new Watch(Optional.of(child), page::add);
            watch.allUp();

            assertThatThrownBy(watch::look).isInstanceOf(IOException.class).hasMessage("car cannot run like this");

            assertThat(page).contains("  car: car.hoem: no such setting");
        }
    }

    private Children.Child shell(Children children, String name, String script) throws IOException {
        return children.start(name, List.of("sh", "-c", script), log(name));
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
