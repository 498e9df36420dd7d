package hearth.coffee;

import hearth.common.core.Effect.Remember;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a coffee machine must never forget, or somebody gets a second cup.
 *
 * @param consumed   keys of trips and commands that had their brew, oldest first. As there are at most 36 brews a day,
 *                   256 of them are more than 7 days
 * @param brews      when those of the last 24 hours began
 * @param unfinished the key of the brew under way; empty if none is
 */
record Past(List<String> consumed, List<Instant> brews, String unfinished) {

    static final String UNFINISHED = "unfinished";

    private static final String CONSUMED = "consumed";
    private static final String BREWS = "brews";
    private static final int REMEMBERED = 256;
    private static final Duration DAY = Duration.ofDays(1);

    Past {
        consumed = List.copyOf(consumed);
        brews = List.copyOf(brews);
    }

    /** A brew said to be in the future was made by a clock that was wrong: it counts as just now. */
    static Past of(Map<String, String> notes, Instant now) {
        List<Instant> brews = words(notes, BREWS).stream()
                .map(Past::instant)
                .map(brew -> brew.isAfter(now) ? now : brew)
                .toList();
        return new Past(words(notes, CONSUMED), brews, notes.getOrDefault(UNFINISHED, ""));
    }

    Remember remembered() {
        Map<String, String> notes = new TreeMap<>();
        notes.put(CONSUMED, String.join(" ", consumed));
        notes.put(
                BREWS,
                brews.stream().map(brew -> Long.toString(brew.getEpochSecond())).collect(Collectors.joining(" ")));
        notes.put(UNFINISHED, unfinished);
        return new Remember(notes);
    }

    boolean knows(String key) {
        return consumed.contains(key);
    }

    /** A trip or command will not be brewed for any more. */
    Past consuming(String key) {
        List<String> all = new ArrayList<>(consumed);
        all.add(key);
        return new Past(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()), brews, unfinished);
    }

    Past beginning(String key, Instant now) {
        List<Instant> all = new ArrayList<>(
                brews.stream().filter(brew -> now.isBefore(brew.plus(DAY))).toList());
        all.add(now);
        return new Past(consuming(key).consumed, all, key);
    }

    Past finished() {
        return new Past(consumed, brews, "");
    }

    /** When the day's coffee is no longer used up; now or before if it is not. */
    Instant allowedAgain(int perDay) {
        return brews.size() < perDay
                ? Instant.MIN
                : brews.get(brews.size() - perDay).plus(DAY);
    }

    private static List<String> words(Map<String, String> notes, String key) {
        return Arrays.stream(notes.getOrDefault(key, "").split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException e) {
            return Instant.MAX; // In doubt it was just now.
        }
    }
}
