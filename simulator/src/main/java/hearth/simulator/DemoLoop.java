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

/** The turn of the demo: lets the house live, looks, tells, judges; until the story is over or somebody stops it. */
final class DemoLoop {

    private static final List<String> NODES = List.of("sensor", "airco", "coffee", "car");
    private static final List<String> FIRST_TOPICS = List.of("sensor/temperature", "car/presence", "car/distance");
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration STORY_TIMEOUT = Duration.ofMinutes(5);

    /** The sensor is to see something new about every two seconds of the house's; no need to look more often. */
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
            TopicMonitor subscriber,
            DemoCommandListener playground,
            DemoCommandExecutor wishes,
            ProcessSupervisor watch,
            Terminal terminal,
            CountDownLatch asked) {
        this.options = options;
        this.house = house;
        this.clock = clock;
        this.monitor = subscriber;
        this.commandListener = playground;
        this.commandExecutor = wishes;
        this.supervisor = watch;
        this.terminal = terminal;
        this.status = new StatusLine(terminal);
        this.stopRequested = asked;
    }

    /** True if it ended as it should: the story happened, or somebody stopped a demo that has no end. */
    boolean run() throws IOException, InterruptedException {
        if (!awaitOnline()) {
            return stopped();
        }
        supervisor.startupDone();
        terminal.printLine("sensor, airco, coffee and car are online. Ctrl-C ends all of it.");
        terminal.printLine("");
        clock.start();
        long begin = System.nanoTime();
        HouseSnapshot first = house.snapshot(monitor.latest());
        StoryPrinter narrator = new StoryPrinter(this::printLine, NODES, first);
        StoryChecker judge = new StoryChecker();
        narrator.printStart();
        boolean connected = true;
        while (!pause()) {
            supervisor.check();
            house.advanceTo(clock.elapsed());
            commandListener.update(house, commandExecutor, narrator);
            if (monitor.connected() != connected) {
                connected = !connected;
                if (connected) {
                    narrator.print(TextStyle.GOOD, "the broker is back");
                } else {
                    narrator.print(TextStyle.FAULT, "the broker is gone; the devices carry on");
                }
            }
            HouseSnapshot sight = house.snapshot(monitor.latest());
            narrator.observe(sight);
            terminal.status(status.render(sight));
            if (options.story()) {
                judge.observe(sight);
                boolean late = System.nanoTime() - begin > STORY_TIMEOUT.toNanos();
                if (judge.passed() || judge.failed() || late) {
                    return printVerdict(judge, Duration.ofNanos(System.nanoTime() - begin));
                }
            }
        }
        return stopped();
    }

    private boolean printVerdict(StoryChecker judge, Duration took) throws IOException {
        if (house.heatedAndCooledTogether()) {
            judge.fail("heating and cooling were on together, by airco/gpio.log");
        }
        terminal.endStatus();
        terminal.printLine("");
        judge.findings().forEach(this::printFinding);
        terminal.printLine(String.format(
                Locale.ROOT,
                judge.passed() ? "The story happened, in %.0f s." : "The story did not happen in %.0f s.",
                took.toMillis() / 1000.0));
        return judge.passed();
    }

    private boolean stopped() {
        terminal.endStatus();
        terminal.printLine("stopped");
        return !options.story();
    }

    /** What the status line says as well is not told twice. */
    private void printLine(StoryLine line) {
        if (line.style() != TextStyle.STATUS || !terminal.inPlace()) {
            terminal.printLine(line.styled(terminal));
        }
    }

    /** @param finding a line that begins with {@code yes:} or {@code no:} */
    private void printFinding(String finding) {
        int colon = finding.indexOf(':') + 1;
        TextStyle ink = finding.startsWith("yes") ? TextStyle.GOOD : TextStyle.FAULT;
        terminal.printLine(terminal.styled(ink, finding.substring(0, colon)) + finding.substring(colon));
    }

    /** Waits for the nodes to be online and well, and their first words to come by; false if asked to stop meanwhile. */
    private boolean awaitOnline() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STARTUP_TIMEOUT.toNanos();
        while (true) {
            supervisor.check();
            house.writeSensorFiles();
            Map<String, String> heard = monitor.latest();
            List<String> missing =
                    NODES.stream().filter(node -> !isUp(node, heard)).toList();
            if (missing.isEmpty() && heard.keySet().containsAll(FIRST_TOPICS)) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        missing.isEmpty()
                                ? "no temperature from the sensor, or no place from the car, in a minute"
                                : String.join(", ", missing) + " not online and well in a minute");
            }
            if (pause()) {
                return false;
            }
        }
    }

    /** A node that waits for its first reading or fix has a fault until then. */
    private static boolean isUp(String node, Map<String, String> heard) {
        return heard.getOrDefault(node + "/status", "").equals("online")
                && heard.getOrDefault(node + "/fault", "").equals("none");
    }

    /** True if asked to stop. */
    private boolean pause() throws InterruptedException {
        Duration turn = options.timeScale().toReal(STEP);
        Duration pause = turn.compareTo(MIN_STEP) > 0 ? turn : MIN_STEP;
        return stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
