package hearth.common.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One settings file, read once: flat {@code key = value} lines and {@code #} comments. {@link #check} reports all
 * errors at once.
 */
public final class Settings {

    private static final Pattern LINE = Pattern.compile("([^=\\s]+)\\s*=\\s*(.*)");
    private static final int MAX_BYTES = 64 * 1024;

    private final String file;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Setting<?>> known = new LinkedHashMap<>();
    private final Map<Object, String> taken = new HashMap<>();
    private final TreeMap<Integer, List<String>> problems = new TreeMap<>();

    private record Line(int number, String value) {}

    private Settings(String file, List<String> text) {
        this.file = file;
        for (int i = 0; i < text.size(); i++) {
            read(i + 1, text.get(i).strip());
        }
    }

    /** @throws BadSettings if the file does not exist or is not text */
    public static Settings read(Path file) throws BadSettings {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new BadSettings(List.of(file + ": larger than the maximum (" + MAX_BYTES + " bytes)"));
            }
            return new Settings(String.valueOf(file.getFileName()), Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw new BadSettings(List.of(file + ": the file does not exist: give its path with --config FILE"));
        } catch (CharacterCodingException e) {
            throw new BadSettings(List.of(file + ": is not UTF-8 text"));
        } catch (IOException e) {
            throw new BadSettings(List.of(file + ": cannot be read (" + e + ")"));
        }
    }

    /** @param file the name for error messages */
    public static Settings of(String file, String text) {
        return new Settings(file, text.lines().toList());
    }

    /**
     * The value in the file, or the default. After an error the returned value must not be used; {@link #check} then
     * throws.
     */
    public <T> T get(Setting<T> setting) {
        known.put(setting.key(), setting);
        Line line = lines.get(setting.key());
        try {
            if (line != null) {
                return setting.parser().parse(line.value);
            }
        } catch (IllegalArgumentException e) {
            addProblem(line.number, quoted(setting.key(), line.value) + ": " + e.getMessage());
        }
        if (setting.required() && line == null) {
            addProblem(0, setting.key() + ": must be set: " + setting.description() + " (" + setting.bounds() + ")");
        }
        return setting.defaultValue();
    }

    /** The text of this key in the file; empty if the key is absent or has no text. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(lines.get(key)).map(Line::value).filter(value -> !value.isEmpty());
    }

    /** All settings that were read, in that order: for documentation. */
    public List<Setting<?>> requestedSettings() {
        return List.copyOf(known.values());
    }

    /** Reports that settings conflict with each other, at the line of the given one. */
    public void reportConflict(Setting<?> setting, String why) {
        Line line = lines.get(setting.key());
        addProblem(
                line == null ? 0 : line.number,
                setting.key() + " = " + (line == null ? setting.defaultText() : line.value) + ": " + why);
    }

    /** Reports an error if another setting already uses the same thing, such as a pin. */
    public void requireUnique(Setting<?> setting, Object thing) {
        String previous = taken.putIfAbsent(thing, setting.key());
        if (previous != null) {
            reportConflict(setting, "is already used by " + previous + ": choose another value");
        }
    }

    /**
     * Reads a record of settings: calls the reader, then throws with all errors of the reader and of the file. A key
     * that was not read is an error, because it is probably misspelt.
     */
    public <T> T check(Function<Settings, T> reader) throws BadSettings {
        T value = reader.apply(this);
        lines.forEach((key, line) -> {
            if (!known.containsKey(key)) {
                addProblem(line.number, quoted(key, line.value) + ": no such setting" + didYouMean(key));
            }
        });
        if (!problems.isEmpty()) {
            throw new BadSettings(
                    problems.values().stream().flatMap(List::stream).toList());
        }
        return value;
    }

    private void read(int number, String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            addProblem(number, text + ": expected key = value");
            return;
        }
        String key = matcher.group(1);
        Line previous = lines.putIfAbsent(key, new Line(number, matcher.group(2).strip()));
        if (previous != null) {
            addProblem(
                    number,
                    quoted(key, matcher.group(2).strip()) + ": " + key + " is set in line " + previous.number
                            + " already: remove one of the two lines");
        }
    }

    private void addProblem(int line, String problem) {
        problems.computeIfAbsent(line, any -> new ArrayList<>())
                .add(line == 0 ? file + ": " + problem : file + ":" + line + ": " + problem);
    }

    private String didYouMean(String key) {
        return known.keySet().stream()
                .filter(candidate -> candidate.startsWith(key + "-") || isLike(key, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate, Integer.MAX_VALUE))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> " (did you mean " + candidate + "?)")
                .orElse("; docs/settings.md lists all settings");
    }

    /** A password that was written instead of the name of its file must not appear in the journal. */
    private static String quoted(String key, String value) {
        return key + " = " + (key.contains("password") && !value.startsWith("/") ? "…" : value);
    }

    private static boolean isLike(String key, String candidate) {
        int max = 1 + key.length() / 6;
        return Math.abs(key.length() - candidate.length()) <= max && distance(key, candidate, max) <= max;
    }

    /**
     * Levenshtein distance: the number of letters to change, add or remove.
     *
     * @param max above this the exact distance does not matter and is not computed, because a file may have many such
     *     keys
     */
    private static int distance(String one, String other, int max) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        int min = 0;
        for (int i = 1; i <= one.length() && min <= max; i++) {
            int diagonal = row[0];
            row[0] = i;
            min = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j - 1], row[j]) + 1);
                min = Math.min(min, row[j]);
            }
        }
        return Math.max(min, row[other.length()]);
    }
}
