package hearth.proving.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The open ports of a process, from the tables of the kernel. */
final class ProcessPorts {

    private static final String LISTENING = "0A";
    private static final String ANY_STATE = "";

    private ProcessPorts() {}

    /** The TCP ports on which it listens. */
    static Set<Integer> tcpListening(long pid) throws IOException {
        return ports(pid, List.of("tcp", "tcp6"), LISTENING);
    }

    /** The open UDP ports. */
    static Set<Integer> udpOpen(long pid) throws IOException {
        return ports(pid, List.of("udp", "udp6"), ANY_STATE);
    }

    private static Set<Integer> ports(long pid, List<String> tables, String state) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> own = inodes(process.resolve("fd"));
        Set<Integer> ports = new TreeSet<>();
        for (String table : tables) {
            for (String line : lines(process.resolve("net").resolve(table))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length > 9 && words[3].startsWith(state) && own.contains(words[9])) {
                    ports.add(Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(descriptors)) {
            for (Path file : files.toList()) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring(8, target.length() - 1));
                    }
                } catch (NoSuchFileException e) {
                    // Closed in the meantime.
                }
            }
        }
        return inodes;
    }

    /** A kernel without IPv6 does not have this table. */
    private static List<String> lines(Path table) throws IOException {
        return Files.exists(table) ? Files.readAllLines(table) : new ArrayList<>();
    }
}
