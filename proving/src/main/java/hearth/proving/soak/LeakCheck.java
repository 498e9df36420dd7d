package hearth.proving.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Decides whether a process leaks. The first quarter of the samples is the warm-up; the medians of the second and the
 * last quarter are compared.
 */
final class LeakCheck {

    /** Allows for classes that are loaded late and for a full queue. A leak of one byte per message is more. */
    private static final long MAX_HEAP_GROWTH_KB = 512;

    /** Allows for a file that is being written, and for a compiler thread. */
    private static final long MAX_GROWTH = 1;

    private final List<Sample> before;
    private final List<Sample> after;

    /** @param samples at equal intervals, eight or more */
    LeakCheck(List<Sample> samples) {
        if (samples.size() < 8) {
            throw new IllegalArgumentException(samples.size() + " samples: expected 8 or more");
        }
        int quarter = samples.size() / 4;
        this.before = samples.subList(quarter, 2 * quarter);
        this.after = samples.subList(samples.size() - quarter, samples.size());
    }

    /** One line per figure that has grown; none without growth. */
    List<String> growth() {
        List<String> grown = new ArrayList<>();
        addGrowth(grown, "kB of heap", Sample::heapKb, MAX_HEAP_GROWTH_KB);
        addGrowth(grown, "threads", Sample::threads, MAX_GROWTH);
        addGrowth(grown, "open files", Sample::files, MAX_GROWTH);
        return grown;
    }

    String table() {
        return String.format(
                Locale.ROOT,
                "heap %6d -> %6d kB   threads %3d -> %3d   files %3d -> %3d   resident %6d -> %6d kB",
                median(before, Sample::heapKb),
                median(after, Sample::heapKb),
                median(before, Sample::threads),
                median(after, Sample::threads),
                median(before, Sample::files),
                median(after, Sample::files),
                median(before, Sample::rssKb),
                median(after, Sample::rssKb));
    }

    private void addGrowth(List<String> grown, String what, ToLongFunction<Sample> figure, long mayGrow) {
        long was = median(before, figure);
        long is = median(after, figure);
        if (is > was + mayGrow) {
            grown.add(what + " grew from " + was + " to " + is);
        }
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> figure) {
        long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
