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
 * The main class of {@code bin/soak}: runs the demo for a simulated day and samples the resources of its four nodes.
 *
 * <p>Exit 0: heap, threads and open files did not grow. 1: they grew, or a node restarted. 78: bad options.
 */
public final class Soak {

    static final String HELP = """
            soak: runs the demo for a simulated day and checks that its nodes leak no memory, threads or files

            usage: bin/soak [--hours N] [--speed N] [--dir DIR]

              --hours N   simulated hours, 1 to 10000; default 24
              --speed N   N times real time, 1 to 240; default 10: 24 hours take 2 h 24 min
              --dir DIR   empty folder for settings, logs, and samples.txt with all samples
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
                System.err.println((args[i] + " " + value).strip()
                        + ": unknown option, or its value is missing or out of bounds; see bin/soak --help");
                System.exit(78);
            }
        }
        Path where = folder == null ? Files.createTempDirectory("hearth-soak-") : Files.createDirectories(folder);
        System.exit(new Soak(Duration.ofHours(hours), speed, where).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Duration real = time.dividedBy(speed);
        System.out.printf(
                "simulating %d hours at %d times real time: %d min; logs and samples are in %s%n",
                time.toHours(), speed, real.toMinutes(), folder);
        Process demo = startDemo();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::destroy));
        try {
            awaitStartup(demo);
            Duration interval = real.dividedBy(SAMPLES);
            for (int sample = 0; sample < SAMPLES; sample++) {
                if (demo.waitFor(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("the demo ended early: see " + folder.resolve("demo.log"));
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
                throw new IOException("not all nodes started within " + STARTUP_TIMEOUT.toSeconds() + " s: see "
                        + folder.resolve("demo.log"));
            }
        }
        pids.putAll(findNodes(demo));
    }

    /** The processes of the nodes, each found by its settings file. */
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
            throw new IOException("a node restarted: see " + folder.resolve("demo.log"));
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
        System.out.println("medians of the second quarter -> of the last quarter");
        for (String node : NODES) {
            LeakCheck check = new LeakCheck(samples.getOrDefault(node, List.of()));
            System.out.printf("%-7s %s%n", node, check.table());
            for (String growth : check.growth()) {
                System.out.println("        " + growth);
                steady = false;
            }
        }
        System.out.println(steady ? "passed: nothing grew" : "failed: see the lines above");
        return steady;
    }
}
