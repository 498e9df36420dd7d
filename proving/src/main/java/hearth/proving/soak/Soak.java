package hearth.proving.soak;

import hearth.simulator.Demo;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets the demo's house live for a day, faster than real time, and looks at what its four nodes hold. What {@code
 * bin/soak} runs.
 *
 * <p>Exit 0: heap, threads and open files stayed where they were. 1: they did not, or a node was started again. 78:
 * options.
 */
public final class Soak {

    static final String HELP = """
            soak: a day in the demo's house, and whether its nodes hold at the end what they held before

            usage: bin/soak [--hours N] [--speed N] [--dir DIR]

              --hours N   of the house's time, 1 to 10000; 24 if not given
              --speed N   N times real time, 1 to 240; 10 if not given: 24 hours pass in 2 h 24 min
              --dir DIR   an empty folder for settings, logs, and samples.txt with each sample taken
            """;

    private static final List<String> NODES = List.of("sensor", "airco", "coffee", "car");
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(1);
    private static final int SAMPLES = 48;

    private final Duration time;
    private final int speed;
    private final Path folder;
    private final Map<String, Long> pids = new TreeMap<>();
    private final Map<String, List<Sample>> samples = new TreeMap<>();

    private Soak(Duration time, int speed, Path folder) {
        this.time = time;
        this.speed = speed;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        if (words.contains("--help")) {
            System.out.print(HELP);
            return;
        }
        long hours = 24;
        int speed = 10;
        Path folder = null;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (args[i].equals("--hours") && value.matches("[1-9][0-9]{0,3}|10000")) {
                hours = Long.parseLong(value);
            } else if (args[i].equals("--speed")
                    && value.matches("[1-9][0-9]{0,2}")
                    && Integer.parseInt(value) <= 240) {
                speed = Integer.parseInt(value);
            } else if (args[i].equals("--dir") && !value.isEmpty()) {
                folder = Path.of(value).toAbsolutePath();
            } else {
                System.err.println((args[i] + " " + value).strip() + ": not understood; see bin/soak --help");
                System.exit(78);
            }
        }
        Path where = folder == null ? Files.createTempDirectory("hearth-soak-") : Files.createDirectories(folder);
        System.exit(new Soak(Duration.ofHours(hours), speed, where).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Duration real = time.dividedBy(speed);
        System.out.printf(
                "%d hours in the house, %d times real time: %d min; everything is in %s%n",
                time.toHours(), speed, real.toMinutes(), folder);
        Process demo = startDemo();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::destroy));
        try {
            awaitStartup(demo);
            Duration interval = real.dividedBy(SAMPLES);
            for (int sample = 0; sample < SAMPLES; sample++) {
                if (demo.waitFor(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("the demo ended; see " + folder.resolve("demo.log"));
                }
                sample(demo);
            }
        } finally {
            demo.destroy();
            demo.waitFor();
        }
        return printVerdict();
    }

    private Process startDemo() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Demo.class.getName(),
                        "--speed",
                        Integer.toString(speed),
                        "--dir",
                        folder.resolve("house").toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("demo.log").toFile()))
                .start();
    }

    private void awaitStartup(Process demo) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!findNodes(demo).keySet().containsAll(NODES)) {
            boolean late = System.nanoTime() - begin > STARTUP_TIMEOUT.toNanos();
            if (late || demo.waitFor(500, TimeUnit.MILLISECONDS)) {
                throw new IOException("the house is not up; see " + folder.resolve("demo.log"));
            }
        }
        pids.putAll(findNodes(demo));
    }

    /** The nodes' processes, each known by its settings file. */
    private Map<String, Long> findNodes(Process demo) {
        Map<String, Long> found = new TreeMap<>();
        demo.descendants().forEach(process -> {
            String[] arguments = process.info().arguments().orElse(new String[0]);
            for (String node : NODES) {
                String config = folder.resolve("house").resolve(node + ".conf").toString();
                if (Arrays.asList(arguments).contains(config)) {
                    found.put(node, process.pid());
                }
            }
        });
        return found;
    }

    private void sample(Process demo) throws IOException, InterruptedException {
        if (!findNodes(demo).equals(pids)) {
            throw new IOException("a node was started again; see " + folder.resolve("demo.log"));
        }
        StringBuilder line = new StringBuilder();
        for (String node : NODES) {
            Sample sample = Sample.of(pids.getOrDefault(node, 0L));
            samples.computeIfAbsent(node, any -> new ArrayList<>()).add(sample);
            line.append(node).append(' ').append(sample).append('\n');
        }
        Files.writeString(folder.resolve("samples.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean printVerdict() {
        boolean steady = true;
        System.out.println("second quarter -> last quarter, medians");
        for (String node : NODES) {
            LeakCheck judge = new LeakCheck(samples.getOrDefault(node, List.of()));
            System.out.printf("%-7s %s%n", node, judge.table());
            for (String growth : judge.growth()) {
                System.out.println("        " + growth);
                steady = false;
            }
        }
        System.out.println(steady ? "steady" : "not steady");
        return steady;
    }
}
