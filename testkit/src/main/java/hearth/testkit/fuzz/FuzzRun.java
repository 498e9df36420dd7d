package hearth.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A million inputs of one kind, with statistics: how many were accepted, the time of each, and the memory that they
 * leave.
 *
 * <p>The time of an input is the CPU time of the thread, so that other processes do not matter.
 */
public final class FuzzRun {

    /** Number of inputs of each kind. */
    public static final int CASES = Integer.getInteger("hearth.hostile.cases", 1_000_000);

    /** The same inputs on every build by default, so that a failure can be repeated. */
    public static final long SEED = Long.getLong("hearth.hostile.seed", 1);

    public static final String HEAD = """
            | input, one million of each | accepted | rejected | exceptions | slower than 1 ms |
            |---|---|---|---|---|
            """;

    private static final long MILLISECOND_NS = 1_000_000;

    /** Small enough to detect five bytes kept per input. */
    private static final long MAX_GROWTH = 4L * 1024 * 1024;

    /** After this number, classes are loaded and pools are full. */
    private static final int WARM = CASES / 10;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final long[] costs = new long[CASES];
    private int understood;
    private long grown;

    private FuzzRun(String name) {
        this.name = name;
    }

    /**
     * Gives the target first the unchanged models, then mutated inputs.
     *
     * @param name as in the document: {@code gpsd lines}
     */
    public static FuzzRun of(String name, FuzzTarget target, List<byte[]> models, List<String> words) {
        FutureTask<FuzzRun> task = new FutureTask<>(() -> runAll(name, target, models, words));
        new Thread(task, "barrage")
                .start(); // An exception costs more in deeper calls; in a node they are not deeper than here.
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private static FuzzRun runAll(String name, FuzzTarget target, List<byte[]> models, List<String> words) {
        FuzzRun run = new FuzzRun(name);
        for (byte[] model : models) {
            run.runOne(target, model);
        }
        run.understood = 0;
        InputMutator mutator = new InputMutator(SEED, models, words);
        long before = 0;
        for (int i = 0; i < CASES; i++) {
            if (i == WARM) {
                before = used();
            }
            byte[] input = mutator.next();
            target.beforeEach();
            long begin = THREADS.getCurrentThreadCpuTime();
            run.runOne(target, input);
            run.costs[i] = THREADS.getCurrentThreadCpuTime() - begin;
        }
        run.grown = used() - before;
        Arrays.sort(run.costs);
        System.out.println(run);
        return run;
    }

    private void runOne(FuzzTarget target, byte[] input) {
        try {
            understood += target.read(input) ? 1 : 0;
        } catch (RuntimeException | Error bug) {
            throw new AssertionError(
                    name + ", seed " + SEED + ": " + bug.getMessage() + " of '" + new String(input, ISO_8859_1) + "'",
                    bug);
        }
    }

    /** Checks what every target requires: some inputs accepted and some rejected, fast, and no memory kept. */
    public FuzzRun checked() {
        assertThat(understood).as("%s, accepted", name).isBetween(CASES / 1000, CASES - CASES / 1000);
        assertThat(quantile(0.999)).as("%s: ns at the 99.9th percentile", name).isLessThan(MILLISECOND_NS);
        assertThat(grown).as("%s: bytes kept of %d cases", name, CASES - WARM).isLessThan(MAX_GROWTH);
        return this;
    }

    /** Its row in the document. */
    public String line() {
        return String.format(
                Locale.ROOT, "| %s | %d | %d | 0 | less than 0.1 %% |%n", name, understood, CASES - understood);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "hostile: %d %s, seed %d: %d accepted; median %.1f µs, 99.9th percentile %.1f µs, longest %.2f ms;"
                        + " heap %+d kB",
                CASES,
                name,
                SEED,
                understood,
                quantile(0.5) / 1e3,
                quantile(0.999) / 1e3,
                costs[CASES - 1] / 1e6,
                grown / 1024);
    }

    private long quantile(double share) {
        return costs[(int) (CASES * share)];
    }

    /** Whether this run has the seed and the number of the document. */
    public static boolean matchDocument() {
        return SEED == 1 && CASES == 1_000_000;
    }

    /** The used heap after garbage collection. */
    public static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
