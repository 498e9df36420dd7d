package hearth.coffee;

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
 * @param brewed     keys of trips and commands that had their brew, oldest first. As there are at most 36 brews a day,
 *                   256 of them are more than 7 days, whatever comes over the bus
 * @param declined   keys of trips that were cancelled or may have had their brew, oldest first
 * @param brews      when those of the last 24 hours began
 * @param unfinished the key of the brew under way; empty if none is
 */
record BrewHistory(List<String> brewed, List<String> declined, List<Instant> brews, String unfinished) {

    static final String UNFINISHED = "unfinished";

    private static final String BREWED = "brewed";
    private static final String DECLINED = "declined";
    private static final String BREWS = "brews";
    private static final int MAX_KEYS = 256;
    private static final Duration DAY = Duration.ofDays(1);

    /** A board without a clock that nobody has told the time yet begins somewhere before this. */
    private static final Instant EARLIEST_PLAUSIBLE_TIME = Instant.parse("2026-01-01T00:00:00Z");

    BrewHistory {
        brewed = List.copyOf(brewed);
        declined = List.copyOf(declined);
        brews = List.copyOf(brews);
    }

    /** A brew that a clock which was wrong has put into the future, or the distant past, counts as just now. */
    static BrewHistory of(Map<String, String> notes, Instant now) {
        List<Instant> brews = words(notes, BREWS).stream()
                .map(BrewHistory::instant)
                .map(brew -> brew.isAfter(now) || brew.isBefore(EARLIEST_PLAUSIBLE_TIME) ? now : brew)
                .toList();
        return new BrewHistory(words(notes, BREWED), words(notes, DECLINED), brews, notes.getOrDefault(UNFINISHED, ""));
    }

    Map<String, String> toEntries() {
        Map<String, String> notes = new TreeMap<>();
        notes.put(BREWED, String.join(" ", brewed));
        notes.put(DECLINED, String.join(" ", declined));
        notes.put(
                BREWS,
                brews.stream().map(brew -> Long.toString(brew.getEpochSecond())).collect(Collectors.joining(" ")));
        notes.put(UNFINISHED, unfinished);
        return notes;
    }

    boolean contains(String key) {
        return brewed.contains(key) || declined.contains(key);
    }

    /** A trip will not be brewed for, though it had no brew. */
    BrewHistory withDeclined(String key) {
        return new BrewHistory(brewed, latest(declined, key), brews, unfinished);
    }

    BrewHistory withStarted(String key, Instant now) {
        List<Instant> all = new ArrayList<>(
                brews.stream().filter(brew -> now.isBefore(brew.plus(DAY))).toList());
        all.add(now);
        return new BrewHistory(latest(brewed, key), declined, all, key);
    }

    BrewHistory withFinished() {
        return new BrewHistory(brewed, declined, brews, "");
    }

    /** When the day's coffee is no longer used up; now or before if it is not. */
    Instant nextAllowedAt(int perDay) {
        return brews.size() < perDay
                ? Instant.MIN
                : brews.get(brews.size() - perDay).plus(DAY);
    }

    private static List<String> latest(List<String> keys, String key) {
        List<String> all = new ArrayList<>(keys);
        all.add(key);
        return all.subList(Math.max(0, all.size() - MAX_KEYS), all.size());
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
