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
 * The saved state of a coffee machine. Without it a trip or a command could get a second cup.
 *
 * @param brewed     keys of trips and commands that had their brew, oldest first. With at most 36 brews per day, 256
 *                   keys last for more than 7 days, whatever messages arrive
 * @param declined   keys of trips that were cancelled or may have had their brew, oldest first
 * @param brews      start times of the brews of the last 24 hours
 * @param unfinished the key of the brew in progress; empty without one
 */
record BrewHistory(List<String> brewed, List<String> declined, List<Instant> brews, String unfinished) {

    static final String UNFINISHED = "unfinished";

    private static final String BREWED = "brewed";
    private static final String DECLINED = "declined";
    private static final String BREWS = "brews";
    private static final int MAX_KEYS = 256;
    private static final Duration DAY = Duration.ofDays(1);

    /** A board without a battery-backed clock starts with a time before this, until its clock is synchronised. */
    private static final Instant EARLIEST_PLAUSIBLE_TIME = Instant.parse("2026-01-01T00:00:00Z");

    BrewHistory {
        brewed = List.copyOf(brewed);
        declined = List.copyOf(declined);
        brews = List.copyOf(brews);
    }

    /** If a wrong clock put the start of a brew into the future or the distant past, the brew counts as started now. */
    static BrewHistory of(Map<String, String> entries, Instant now) {
        List<Instant> brews = words(entries, BREWS).stream()
                .map(BrewHistory::instant)
                .map(brew -> brew.isAfter(now) || brew.isBefore(EARLIEST_PLAUSIBLE_TIME) ? now : brew)
                .toList();
        return new BrewHistory(
                words(entries, BREWED), words(entries, DECLINED), brews, entries.getOrDefault(UNFINISHED, ""));
    }

    Map<String, String> toEntries() {
        Map<String, String> entries = new TreeMap<>();
        entries.put(BREWED, String.join(" ", brewed));
        entries.put(DECLINED, String.join(" ", declined));
        entries.put(
                BREWS,
                brews.stream().map(brew -> Long.toString(brew.getEpochSecond())).collect(Collectors.joining(" ")));
        entries.put(UNFINISHED, unfinished);
        return entries;
    }

    boolean contains(String key) {
        return brewed.contains(key) || declined.contains(key);
    }

    /** A trip gets no brew, although it had none. */
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

    /** When the daily limit allows the next brew; {@link Instant#MIN} if it is not reached. */
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

    private static List<String> words(Map<String, String> entries, String key) {
        return Arrays.stream(entries.getOrDefault(key, "").split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException e) {
            return Instant.MAX; // Counts as started now, which is the safe assumption.
        }
    }
}
