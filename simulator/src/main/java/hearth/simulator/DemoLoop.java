package hearth.simulator;

import hearth.simulator.terminal.StoryLine;
import hearth.simulator.terminal.Terminal;
import hearth.simulator.terminal.TextStyle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The loop of the demo: advances the house, prints and checks what happens, until the story ends or Ctrl-C. */
final class DemoLoop {

    private static final List<String> NODES = List.of("sensor", "airco", "coffee", "car");
    private static final List<String> FIRST_TOPICS = List.of("sensor/temperature", "car/presence", "car/distance");
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration STORY_TIMEOUT = Duration.ofMinutes(5);

    /** In simulated time. The sensor reads about every two seconds, so a shorter step would have no effect. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private static final Duration MIN_STEP = Duration.ofMillis(20);

    private final DemoOptions options;
    private final House house;
    private final SimulationClock clock;
    private final TopicMonitor monitor;
    private final DemoCommandListener commandListener;
    private final DemoCommandExecutor commandExecutor;
    private final ProcessSupervisor supervisor;
    private final Terminal terminal;
    private final StatusLine status;
    private final CountDownLatch stopRequested;

    DemoLoop(
            DemoOptions options,
            House house,
            SimulationClock clock,
            TopicMonitor monitor,
            DemoCommandListener commandListener,
            DemoCommandExecutor commandExecutor,
            ProcessSupervisor supervisor,
            Terminal terminal,
            CountDownLatch stopRequested) {
        this.options = options;
        this.house = house;
        this.clock = clock;
        this.monitor = monitor;
        this.commandListener = commandListener;
        this.commandExecutor = commandExecutor;
        this.supervisor = supervisor;
        this.terminal = terminal;
        this.status = new StatusLine(terminal);
        this.stopRequested = stopRequested;
    }

    /** @return true if the story passed, or a demo without a story was stopped */
    boolean run() throws IOException, InterruptedException {
        if (!awaitOnline()) {
            return stopped();
        }
        supervisor.startupDone();
        terminal.printLine("sensor, airco, coffee and car are online. Ctrl-C ends the demo.");
        terminal.printLine("");
        clock.start();
        long begin = System.nanoTime();
        HouseSnapshot first = house.snapshot(monitor.latest());
        StoryPrinter printer = new StoryPrinter(this::printLine, NODES, first);
        StoryChecker checker = new StoryChecker();
        printer.printStart();
        boolean connected = true;
        while (!pause()) {
            supervisor.check();
            house.advanceTo(clock.elapsed());
            commandListener.update(house, commandExecutor, printer);
            if (monitor.connected() != connected) {
                connected = !connected;
                if (connected) {
                    printer.print(TextStyle.GOOD, "the broker is back");
                } else {
                    printer.print(TextStyle.FAULT, "the broker is away; the devices continue to work");
                }
            }
            HouseSnapshot snapshot = house.snapshot(monitor.latest());
            printer.observe(snapshot);
            terminal.status(status.render(snapshot));
            if (options.story()) {
                checker.observe(snapshot);
                boolean late = System.nanoTime() - begin > STORY_TIMEOUT.toNanos();
                if (checker.passed() || checker.failed() || late) {
                    return printVerdict(checker, Duration.ofNanos(System.nanoTime() - begin));
                }
            }
        }
        return stopped();
    }

    private boolean printVerdict(StoryChecker checker, Duration took) throws IOException {
        if (house.heatedAndCooledTogether()) {
            checker.fail("heating and cooling were on together, according to airco/gpio.log");
        }
        terminal.endStatus();
        terminal.printLine("");
        checker.findings().forEach(this::printFinding);
        terminal.printLine(String.format(
                Locale.ROOT,
                checker.passed() ? "The story passed in %.0f s." : "The story failed after %.0f s.",
                took.toMillis() / 1000.0));
        return checker.passed();
    }

    private boolean stopped() {
        terminal.endStatus();
        terminal.printLine("stopped");
        return !options.story();
    }

    /** Does not repeat what the status line shows. */
    private void printLine(StoryLine line) {
        if (line.style() != TextStyle.STATUS || !terminal.inPlace()) {
            terminal.printLine(line.styled(terminal));
        }
    }

    /** @param finding a line that begins with {@code yes:} or {@code no:} */
    private void printFinding(String finding) {
        int colon = finding.indexOf(':') + 1;
        TextStyle style = finding.startsWith("yes") ? TextStyle.GOOD : TextStyle.FAULT;
        terminal.printLine(terminal.styled(style, finding.substring(0, colon)) + finding.substring(colon));
    }

    /** Waits until all nodes are online without a fault and have published. @return false if stopped by Ctrl-C */
    private boolean awaitOnline() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STARTUP_TIMEOUT.toNanos();
        while (true) {
            supervisor.check();
            house.writeSensorFiles();
            Map<String, String> latest = monitor.latest();
            List<String> missing =
                    NODES.stream().filter(node -> !isUp(node, latest)).toList();
            if (missing.isEmpty() && latest.keySet().containsAll(FIRST_TOPICS)) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        missing.isEmpty()
                                ? "after one minute the sensor has no temperature, or the car no position"
                                : "after one minute not online, or with a fault: " + String.join(", ", missing));
            }
            if (pause()) {
                return false;
            }
        }
    }

    /** Also requires fault none: a node without its first reading or fix has a fault. */
    private static boolean isUp(String node, Map<String, String> latest) {
        return latest.getOrDefault(node + "/status", "").equals("online")
                && latest.getOrDefault(node + "/fault", "").equals("none");
    }

    /** @return true after Ctrl-C */
    private boolean pause() throws InterruptedException {
        Duration step = options.timeScale().toReal(STEP);
        Duration pause = step.compareTo(MIN_STEP) > 0 ? step : MIN_STEP;
        return stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
