package hearth.simulator.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("TERM", "xterm-256color");
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 4, 14, 12, 0);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long nanos;

    @Test
    void aPipeGetsOnlyPlainLines() {
        Terminal pipe = terminal(false, ENVIRONMENT);

        pipe.status("18.3 °C");
        pipe.printLine(new StoryLine("11:37", "room 18.0 °C  ", TextStyle.HEATING, "heating on ", "  (relay 17)")
                .styled(pipe));
        pipe.endStatus();

        assertThat(written()).isEqualTo("11:37  room 18.0 °C  heating on   (relay 17)\n");
    }

    @Test
    void aDumbTerminalIsTreatedAsAPipe() {
        assertThat(terminal(true, Map.of("TERM", "dumb")).inPlace()).isFalse();
        assertThat(terminal(true, Map.of()).inPlace()).isFalse();
        assertThat(terminal(true, ENVIRONMENT).inPlace()).isTrue();
    }

    @Test
    void noColorRemovesTheColourAndKeepsTheStatusLine() {
        Terminal plain = terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "1"));

        assertThat(plain.styled(TextStyle.FAULT, "sensor-short")).isEqualTo("sensor-short");
        assertThat(plain.inPlace()).isTrue();
        assertThat(terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "")).styled(TextStyle.FAULT, "x"))
                .isEqualTo("\033[38;5;167mx\033[0m");
    }

    @Test
    void theStatusLineStaysBelowTheLines() {
        Terminal terminal = terminal(true, ENVIRONMENT);

        terminal.status("18.3 °C");
        terminal.status("18.3 °C");
        terminal.printLine("heating on");
        terminal.status("18.4 °C");
        terminal.endStatus();
        terminal.printLine("stopped");

        assertThat(written())
                .isEqualTo("\r\033[?7l18.3 °C\033[K\033[?7h"
                        + "\r\033[Kheating on\n\r\033[?7l18.3 °C\033[K\033[?7h"
                        + "\r\033[?7l18.4 °C\033[K\033[?7h"
                        + "\r\033[Kstopped\n");
    }

    @Test
    void onlyTheEventOfALineIsInColour() {
        Terminal terminal = terminal(true, ENVIRONMENT);

        assertThat(new StoryLine("11:37", "room 18.0 °C  ", TextStyle.HEATING, "heating on ", "  (relay 17)")
                        .styled(terminal))
                .isEqualTo("\033[2m11:37  \033[0mroom 18.0 °C  \033[38;5;173mheating on \033[0m"
                        + "\033[2m  (relay 17)\033[0m");
    }

    @Test
    void aSparklineUsesItsFullHeightAndStaysLowForSmallChanges() {
        Sparkline room = new Sparkline(Duration.ofMinutes(5), 8, 2);
        for (int i = 0; i < 8; i++) {
            room.add(NOON.plusMinutes(5L * i), 18 + i, TextStyle.PLAIN);
        }
        Sparkline flat = new Sparkline(Duration.ofMinutes(5), 8, 2);
        flat.add(NOON, 20, TextStyle.PLAIN);
        flat.add(NOON.plusMinutes(5), 20.1, TextStyle.PLAIN);

        assertThat(room.render(terminal(false, ENVIRONMENT))).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(flat.render(terminal(false, ENVIRONMENT))).isEqualTo("▄▅");
        assertThat(new Sparkline(Duration.ofMinutes(5), 8, 2).render(terminal(false, ENVIRONMENT)))
                .isEmpty();
    }

    @Test
    void aSparklineDropsTheOldestBlockAndKeepsTheColourOfABlock() {
        Sparkline room = new Sparkline(Duration.ofMinutes(5), 2, 2);
        room.add(NOON, 30, TextStyle.PLAIN);
        room.add(NOON.plusMinutes(5), 18, TextStyle.HEATING);
        room.add(NOON.plusMinutes(6), 20, TextStyle.PLAIN);
        room.add(NOON.plusMinutes(10), 18, TextStyle.PLAIN);

        assertThat(room.render(terminal(true, ENVIRONMENT))).isEqualTo("\033[38;5;173m█\033[0m▁");
    }

    @Test
    void progressIsABarThatIsRedrawnAtMostTenTimesPerSecond() {
        Terminal terminal = terminal(true, Map.of("TERM", "xterm", "NO_COLOR", "1"));
        ProgressBar progress = new ProgressBar(terminal, Duration.ofDays(365), () -> nanos);

        progress.update(Duration.ZERO);
        nanos = Duration.ofMillis(99).toNanos();
        progress.update(Duration.ofDays(3));
        nanos = Duration.ofSeconds(4).toNanos();
        progress.update(Duration.ofDays(146));
        progress.clear();

        assertThat(written())
                .isEqualTo("\r\033[?7lday   0 of 365  ▕" + " ".repeat(30) + "▏   0 %\033[K\033[?7h"
                        + "\r\033[?7lday 146 of 365  ▕" + "█".repeat(12) + " ".repeat(18)
                        + "▏  40 %  6 s left\033[K\033[?7h\r\033[K");
    }

    @Test
    void progressInAPipeIsOneLinePerMonth() {
        ProgressBar progress = new ProgressBar(terminal(false, ENVIRONMENT), Duration.ofDays(365), () -> nanos);

        for (int day = 0; day <= 65; day++) {
            nanos = Duration.ofMillis(100).toNanos() * day;
            progress.update(Duration.ofDays(day).plusMinutes(3));
        }
        progress.clear();

        assertThat(written()).isEqualTo("day  30 of 365, 33 s left\nday  60 of 365, 30 s left\n");
    }

    private Terminal terminal(boolean real, Map<String, String> environment) {
        return Terminal.of(new PrintStream(written, false, StandardCharsets.UTF_8), real, environment);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
