package hearth.proving.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The resources of one process.
 *
 * @param heapKb the used heap after a garbage collection, in kB
 * @param rssKb  the resident memory, in kB
 */
record Sample(long heapKb, long threads, long files, long rssKb) {

    private static final Pattern GENERATION = Pattern.compile(" (?!Metaspace)\\S.*total .*used (\\d+)K.*");
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** Requests a garbage collection first. */
    static Sample of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long heap = usedKb(jcmd(pid, "GC.heap_info"));
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new Sample(heap, figure(status, "Threads:"), files.count(), figure(status, "VmRSS:"));
        }
    }

    /** The sum of all generations of the heap. */
    static long usedKb(String heapInfo) {
        long used = heapInfo.lines()
                .map(GENERATION::matcher)
                .filter(Matcher::matches)
                .mapToLong(generation -> Long.parseLong(generation.group(1)))
                .sum();
        if (used == 0) {
            throw new IllegalArgumentException("found no heap generations in the output of jcmd: " + heapInfo);
        }
        return used;
    }

    private static long figure(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String jcmd(long pid, String what) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), what)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + what + " failed: " + output);
        }
        return output;
    }
}
