package hearth.page;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Joins the page's JavaScript modules into one plain script. Mosquitto serves files without a {@code Content-Type}
 * (option {@code http_dir}), and a browser loads a module only with one; it loads a plain script without.
 *
 * <p>Each module becomes a function, after the modules that it imports. Supported are imports of names from a file in
 * the same folder, {@code import { a, b } from "./name.mjs";}, and exported functions, classes and constants.
 */
public final class Bundle {

    private static final String HEAD =
            "// Built from js/*.mjs by hearth.page.Bundle. Change the modules, not this file.\n";
    private static final Pattern IMPORT =
            Pattern.compile("^import \\{([^}]*)} from \"\\./([a-z]+)\\.mjs\";\n", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export (?=(?:async )?(?:function|class|const) ([\\w$]+))", Pattern.MULTILINE);
    private static final Pattern UNKNOWN = Pattern.compile("^(?:import|export)\\b.*", Pattern.MULTILINE);

    /** The module to which the words of the devices are added. */
    private static final String DEVICE_FAULTS = "devicefaults";

    private final Path modules;
    private final String deviceFaults;
    private final Map<String, String> functions = new LinkedHashMap<>();

    private Bundle(Path modules, String deviceFaults) {
        this.modules = modules;
        this.deviceFaults = deviceFaults;
    }

    /** @param args the folder of the modules, the script to write, and the folder of the project */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[1]), of(Path.of(args[0]), Path.of(args[2])));
    }

    /**
     * Returns the script that starts the module {@code main}.
     *
     * @param project each folder in it may have a file {@code src/main/page/faults.json} with the words for its faults
     * @throws IOException if a module is missing
     * @throws IllegalArgumentException for a circular import, or an import or export in another form
     */
    static String of(Path modules, Path project) throws IOException {
        Bundle bundle = new Bundle(modules, deviceFaults(project));
        bundle.add("main", List.of());
        return HEAD + "\"use strict\";\n(async () => {\n" + String.join("\n", bundle.functions.values()) + "})();\n";
    }

    private void add(String name, List<String> importers) throws IOException {
        if (functions.containsKey(name)) {
            return;
        }
        List<String> path = new ArrayList<>(importers);
        path.add(name);
        if (importers.contains(name)) {
            throw new IllegalArgumentException("circular import of modules: " + String.join(" -> ", path));
        }
        String source =
                Files.readString(modules.resolve(name + ".mjs")) + (name.equals(DEVICE_FAULTS) ? deviceFaults : "");
        for (MatchResult found : IMPORT.matcher(source).results().toList()) {
            add(found.group(2), path);
        }
        functions.put(name, function(name, source));
    }

    private static String deviceFaults(Path project) throws IOException {
        StringBuilder source = new StringBuilder();
        try (Stream<Path> folders = Files.list(project)) {
            for (Path folder : folders.sorted().toList()) {
                Path words = folder.resolve("src/main/page/faults.json");
                if (Files.exists(words)) {
                    source.append("Object.assign(DEVICE_FAULTS, ")
                            .append(Files.readString(words).strip())
                            .append(");\n");
                }
            }
        }
        return source.toString();
    }

    private static String function(String name, String source) {
        String exported =
                EXPORT.matcher(source).results().map(found -> found.group(1)).collect(joining(", "));
        String linked = IMPORT.matcher(source).replaceAll("const {$1} = $2\\$;\n");
        String body = EXPORT.matcher(linked).replaceAll("");
        Matcher unknown = UNKNOWN.matcher(body);
        if (unknown.find()) {
            throw new IllegalArgumentException(name + ".mjs: unsupported: " + unknown.group()
                    + ": expected import { name } from \"./module.mjs\"; or an exported function, class or constant");
        }
        boolean waits = exported.isEmpty() && body.contains("await ");
        String returned = exported.isEmpty() ? "" : "return { " + exported + " };\n";
        return "// js/" + name + ".mjs\nconst " + name + "$ = " + (waits ? "await (async () => {" : "(() => {") + "\n"
                + body + returned + "})();\n";
    }
}
