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
 * What one process holds.
 *
 * @param heapKb what is left in its heap after a collection, kB
 * @param rssKb  what it occupies of the machine's memory, kB
 */
record Sample(long heapKb, long threads, long files, long rssKb) {

    private static final Pattern GENERATION = Pattern.compile(" (?!Metaspace)\\S.*total .*used (\\d+)K.*");
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** Has it collect its garbage first. */
    static Sample of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long heap = usedKb(jcmd(pid, "GC.heap_info"));
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new Sample(heap, figure(status, "Threads:"), files.count(), figure(status, "VmRSS:"));
        }
    }

    /** The collector's generations together. */
    static long usedKb(String heapInfo) {
        long used = heapInfo.lines()
                .map(GENERATION::matcher)
                .filter(Matcher::matches)
                .mapToLong(generation -> Long.parseLong(generation.group(1)))
                .sum();
        if (used == 0) {
            throw new IllegalArgumentException("no generations in: " + heapInfo);
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
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + what + ": " + said);
        }
        return said;
    }
}
