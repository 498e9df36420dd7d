package hearth.simulator.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the page, read once at the start. A requested path is only looked up here, so it never reaches the file
 * system of this machine.
 */
final class PageFiles {

    /** @param type its media type */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record PageFile(String type, byte[] content) {}

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "woff2", "font/woff2");

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = Map.copyOf(files);
    }

    /** Reads the files with a known media type; skips others, such as licences. */
    static PageFiles in(Path folder) throws IOException {
        Path index = folder.resolve("index.html");
        if (!Files.isRegularFile(index)) {
            throw new IOException("the page has no index.html in " + folder + ": run bin/demo, which builds the page");
        }
        Map<String, PageFile> files = new HashMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                if (type != null) {
                    files.put("/" + name.replace('\\', '/'), new PageFile(type, Files.readAllBytes(file)));
                }
            }
        }
        files.put("/", new PageFile(TYPES.getOrDefault("html", ""), Files.readAllBytes(index)));
        return new PageFiles(files);
    }

    /** @param path the requested path without the query */
    Optional<PageFile> at(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
