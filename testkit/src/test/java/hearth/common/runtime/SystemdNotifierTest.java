package hearth.common.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.TimeScale;
import hearth.testkit.VirtualTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The notifications to systemd, with a script instead of {@code systemd-notify} that records them. */
@Tag("process")
@Timeout(60)
class SystemdNotifierTest {

    private static final String SECOND = "1000000";

    @TempDir
    private Path folder;

    private Path notify;

    @BeforeEach
    void aProgramThatWritesDown() throws IOException {
        notify = program("echo \"$1\" >> \"$0.told\"");
    }

    @Test
    void theFirstLoopPassReportsReady() {
        Runnable manager = manager(Map.of("NOTIFY_SOCKET", "/run/systemd/notify"));

        manager.run();
        await().atMost(30, SECONDS).until(() -> notifications().equals(List.of("READY=1")));
    }

    @Test
    void theWatchdogIsFedByLoopPasses() {
        Runnable manager = manager(Map.of("NOTIFY_SOCKET", "/run/systemd/notify", "WATCHDOG_USEC", SECOND));

        await().atMost(30, SECONDS).until(() -> {
            manager.run(); // A loop pass.
            return notifications().size() >= 4;
        });
        assertThat(notifications()).startsWith("READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1");
    }

    @Test
    void manyLoopPassesDoNotFeedMoreOftenThanRequired() {
        Runnable manager = manager(Map.of("NOTIFY_SOCKET", "/run/systemd/notify", "WATCHDOG_USEC", "60000000"));

        await().atMost(30, SECONDS).until(() -> {
            manager.run();
            return !notifications().isEmpty();
        });
        for (int turn = 0; turn < 1_000; turn++) {
            manager.run();
        }
        assertThat(notifications()).containsExactly("READY=1");
    }

    @Test
    void aLoopPassDoesNotWaitForTheNotification() throws IOException {
        notify = program("echo \"$1\" >> \"$0.told\"; exec tail -f /dev/null");
        Runnable manager = manager(Map.of("NOTIFY_SOCKET", "/run/systemd/notify", "WATCHDOG_USEC", "4000"));

        await().atMost(30, SECONDS).until(() -> {
            manager.run();
            return !notifications().isEmpty();
        });
        for (int turn = 0; turn < 1_000; turn++) {
            manager.run(); // Each is due, but the current notification hangs.
        }
        assertThat(notifications()).containsExactly("READY=1");
        await().atMost(30, SECONDS).until(() -> {
            manager.run();
            return notifications().contains("WATCHDOG=1"); // The hanging one was abandoned.
        });
    }

    @Test
    void withoutSystemdNothingIsSent() {
        Timers noThreads = new VirtualTimers(Instant.EPOCH); // This worker never runs its tasks.

        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", SECOND), noThreads, notify.toString()))
                .isNotInstanceOf(SystemdNotifier.class);
    }

    private Runnable manager(Map<String, String> environment) {
        return SystemdNotifier.of(environment, new NoTimers(), notify.toString());
    }

    /** Runs tasks of workers but no periodic tasks: a timer must not feed the watchdog. */
    private static final class NoTimers implements Timers {

        @Override
        public InstantSource clock() {
            throw new AssertionError("asked for the time");
        }

        @Override
        public void every(String name, Duration period, Runnable task) {
            throw new AssertionError("fed by a timer: " + name);
        }

        @Override
        public void after(Duration wait, Runnable task) {
            throw new AssertionError("fed by a timer");
        }

        @Override
        public Executor worker(String name) {
            return new RealTimers(TimeScale.REAL_TIME).worker(name);
        }
    }

    private Path program(String line) throws IOException {
        Path program = folder.resolve("systemd-notify");
        Files.writeString(program, "#!/bin/sh\n" + line + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private List<String> notifications() {
        Path told = Path.of(notify + ".told");
        try {
            return Files.exists(told) ? Files.readAllLines(told) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
