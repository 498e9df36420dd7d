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
 * A million cases of one kind, and their books: how many were understood, what each cost, what is left of them.
 *
 * <p>What a case costs is the thread's own time on the processor: a neighbour on a busy machine is not its fault.
 */
public final class FuzzRun {

    /** How many cases of each kind. */
    public static final int CASES = Integer.getInteger("hearth.hostile.cases", 1_000_000);

    /** The same cases on every build, unless told otherwise: what fails can be seen again. */
    public static final long SEED = Long.getLong("hearth.hostile.seed", 1);

    public static final String HEAD = """
            | input, one million of each | accepted | rejected | exceptions | slower than 1 ms |
            |---|---|---|---|---|
            """;

    private static final long MILLISECOND_NS = 1_000_000;

    /** So much that five bytes kept of each case would show. */
    private static final long MAX_GROWTH = 4L * 1024 * 1024;

    /** After so many the classes are loaded and the pools are full. */
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
     * Throws what the vandal makes at the target, the models unharmed first.
     *
     * @param name as in the document: {@code gpsd lines}
     */
    public static FuzzRun of(String name, FuzzTarget target, List<byte[]> models, List<String> words) {
        FutureTask<FuzzRun> task = new FutureTask<>(() -> runAll(name, target, models, words));
        new Thread(task, "barrage")
                .start(); // Refusing costs more the deeper the calls: a node's are no deeper than these.
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

    /** What must be true of any: some of both kinds, quick, and nothing kept. */
    public FuzzRun checked() {
        assertThat(understood).as("%s, accepted", name).isBetween(CASES / 1000, CASES - CASES / 1000);
        assertThat(quantile(0.999)).as("%s: ns at the 99.9th percentile", name).isLessThan(MILLISECOND_NS);
        assertThat(grown).as("%s: bytes kept of %d cases", name, CASES - WARM).isLessThan(MAX_GROWTH);
        return this;
    }

    /** Its line of the document. */
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

    /** Whether these are the cases that the document counts. */
    public static boolean matchDocument() {
        return SEED == 1 && CASES == 1_000_000;
    }

    /** The heap in use, once what nobody needs any more is gone. */
    public static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
