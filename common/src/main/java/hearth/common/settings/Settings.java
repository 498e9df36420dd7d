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
 * One settings file, read once: flat {@code key = value} lines and {@code #} comments. Everything wrong with it is
 * complained about at once, by {@link #check}.
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

    /** @throws BadSettings if there is no such file, or it is not text */
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

    /** @param file the name to complain with */
    public static Settings of(String file, String text) {
        return new Settings(file, text.lines().toList());
    }

    /** What the file says, or the default; after a complaint a value that must not be used. See {@link #check}. */
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

    /** What stands behind this key in the file, if it is there and not empty. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(lines.get(key)).map(Line::value).filter(value -> !value.isEmpty());
    }

    /** Every setting that was asked for, in that order: for documentation. */
    public List<Setting<?>> requestedSettings() {
        return List.copyOf(known.values());
    }

    /** Complains that settings that are fine by themselves do not go together, at the line of the one given. */
    public void reportConflict(Setting<?> setting, String why) {
        Line line = lines.get(setting.key());
        addProblem(
                line == null ? 0 : line.number,
                setting.key() + " = " + (line == null ? setting.defaultText() : line.value) + ": " + why);
    }

    /** Complains if another setting has taken the same thing already. */
    public void requireUnique(Setting<?> setting, Object thing) {
        String previous = taken.putIfAbsent(thing, setting.key());
        if (previous != null) {
            reportConflict(setting, "is already used by " + previous + ": choose another value");
        }
    }

    /**
     * Reads a whole record of settings: calls the reader, then complains about everything it and this file found wrong,
     * and about keys nobody asked for, as such a one is a misspelt other.
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

    /** A password that was written where its file should be named is not repeated in the journal. */
    private static String quoted(String key, String value) {
        return key + " = " + (key.contains("password") && !value.startsWith("/") ? "…" : value);
    }

    private static boolean isLike(String key, String candidate) {
        int max = 1 + key.length() / 6;
        return Math.abs(key.length() - candidate.length()) <= max && distance(key, candidate, max) <= max;
    }

    /**
     * Levenshtein's: how many letters to change, add or drop.
     *
     * @param max who needs more has nothing to do with it; how many more is not counted, as a file may be full of such
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
