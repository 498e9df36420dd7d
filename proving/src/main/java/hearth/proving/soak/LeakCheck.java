package hearth.proving.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Whether a process holds at the end what it held before. The first quarter is for warming up; the medians of the second
 * and the last are compared.
 */
final class LeakCheck {

    /** Classes that are loaded late, a queue that is full just now. A leak of a byte a message is more. */
    private static final long MAX_HEAP_GROWTH_KB = 512;

    /** One that is just being written, or a thread of the compiler. */
    private static final long MAX_GROWTH = 1;

    private final List<Sample> before;
    private final List<Sample> after;

    /** @param samples in equal intervals, eight or more */
    LeakCheck(List<Sample> samples) {
        if (samples.size() < 8) {
            throw new IllegalArgumentException(samples.size() + " samples: must be 8 or more");
        }
        int quarter = samples.size() / 4;
        this.before = samples.subList(quarter, 2 * quarter);
        this.after = samples.subList(samples.size() - quarter, samples.size());
    }

    /** What grew, one line each; none if all is steady. */
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
            grown.add(was + " " + what + " became " + is);
        }
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> figure) {
        long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
