package hearth.simulator;

import hearth.simulator.terminal.Ink;
import hearth.simulator.terminal.Line;
import hearth.simulator.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The turn of the demo: lets the house live, looks, tells, judges; until the story is over or somebody stops it. */
final class Telling {

    private static final List<String> NODES = List.of("sensor", "airco", "coffee", "car");
    private static final List<String> FIRST_WORDS = List.of("sensor/temperature", "car/presence", "car/distance");
    private static final Duration UNTIL_ONLINE = Duration.ofMinutes(1);
    private static final Duration STORY = Duration.ofMinutes(5);

    /** The sensor is to see something new about every two seconds of the house's; no need to look more often. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private static final Duration SHORTEST_TURN = Duration.ofMillis(20);

    private final Options options;
    private final House house;
    private final HouseClock clock;
    private final Subscriber subscriber;
    private final Playground playground;
    private final Wishes wishes;
    private final Watch watch;
    private final Terminal terminal;
    private final StatusLine status;
    private final CountDownLatch asked;

    Telling(
            Options options,
            House house,
            HouseClock clock,
            Subscriber subscriber,
            Playground playground,
            Wishes wishes,
            Watch watch,
            Terminal terminal,
            CountDownLatch asked) {
        this.options = options;
        this.house = house;
        this.clock = clock;
        this.subscriber = subscriber;
        this.playground = playground;
        this.wishes = wishes;
        this.watch = watch;
        this.terminal = terminal;
        this.status = new StatusLine(terminal);
        this.asked = asked;
    }

    /** True if it ended as it should: the story happened, or somebody stopped a demo that has no end. */
    boolean tell() throws IOException, InterruptedException {
        if (!allOnline()) {
            return stopped();
        }
        watch.allUp();
        terminal.line("sensor, airco, coffee and car are online. Ctrl-C ends all of it.");
        terminal.line("");
        clock.begin();
        long begin = System.nanoTime();
        Sight first = house.look(subscriber.heard());
        Narrator narrator = new Narrator(this::write, NODES, first);
        Judge judge = new Judge();
        narrator.begins();
        boolean connected = true;
        while (!pause()) {
            watch.look();
            house.passUntil(clock.age());
            playground.turn(house, wishes, narrator);
            if (subscriber.connected() != connected) {
                connected = !connected;
                if (connected) {
                    narrator.says(Ink.GOOD, "the broker is back");
                } else {
                    narrator.says(Ink.FAULT, "the broker is gone; the devices carry on");
                }
            }
            Sight sight = house.look(subscriber.heard());
            narrator.sees(sight);
            terminal.status(status.of(sight));
            if (options.story()) {
                judge.sees(sight);
                boolean late = System.nanoTime() - begin > STORY.toNanos();
                if (judge.content() || judge.spoilt() || late) {
                    return judged(judge, Duration.ofNanos(System.nanoTime() - begin));
                }
            }
        }
        return stopped();
    }

    private boolean judged(Judge judge, Duration took) throws IOException {
        if (house.heatedAndCooledTogether()) {
            judge.spoil("heating and cooling were on together, by airco/gpio.log");
        }
        terminal.endStatus();
        terminal.line("");
        judge.findings().forEach(this::writeFinding);
        terminal.line(String.format(
                Locale.ROOT,
                judge.content() ? "The story happened, in %.0f s." : "The story did not happen in %.0f s.",
                took.toMillis() / 1000.0));
        return judge.content();
    }

    private boolean stopped() {
        terminal.endStatus();
        terminal.line("stopped");
        return !options.story();
    }

    /** What the status line says as well is not told twice. */
    private void write(Line line) {
        if (line.ink() != Ink.STATUS || !terminal.inPlace()) {
            terminal.line(line.painted(terminal));
        }
    }

    /** @param finding a line that begins with {@code yes:} or {@code no:} */
    private void writeFinding(String finding) {
        int colon = finding.indexOf(':') + 1;
        Ink ink = finding.startsWith("yes") ? Ink.GOOD : Ink.FAULT;
        terminal.line(terminal.painted(ink, finding.substring(0, colon)) + finding.substring(colon));
    }

    /** Waits for the nodes to be online and well, and their first words to come by; false if asked to stop meanwhile. */
    private boolean allOnline() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + UNTIL_ONLINE.toNanos();
        while (true) {
            watch.look();
            house.feel();
            Map<String, String> heard = subscriber.heard();
            List<String> missing =
                    NODES.stream().filter(node -> !isUp(node, heard)).toList();
            if (missing.isEmpty() && heard.keySet().containsAll(FIRST_WORDS)) {
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
        Duration turn = options.pace().toReal(TURN);
        Duration pause = turn.compareTo(SHORTEST_TURN) > 0 ? turn : SHORTEST_TURN;
        return asked.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
