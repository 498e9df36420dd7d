package hearth.common.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was tried and what became of it. */
final class Torment {

    private final List<String> rows = new ArrayList<>();

    void add(String mishap, List<Talk> talks) {
        List<Talk.Fate> fates =
                talks.stream().flatMap(talk -> talk.fates().values().stream()).toList();
        long longestMs = talks.stream()
                .map(Talk::recovery)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .toMillis();
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f |",
                mishap,
                talks.stream().filter(Talk::hasStruck).count(),
                fates.size(),
                count(fates, Talk.Fate.DONE),
                count(fates, Talk.Fate.REJECTED),
                count(fates, Talk.Fate.EXPIRED),
                count(fates, Talk.Fate.SUPERSEDED),
                count(fates, Talk.Fate.GONE),
                count(fates, Talk.Fate.LOST),
                talks.stream().mapToInt(Talk::doubled).sum(),
                talks.stream().mapToInt(talk -> talk.unexpected().size()).sum(),
                talks.stream().mapToInt(Talk::repeated).sum(),
                longestMs / 1000.0));
    }

    @Override
    public String toString() {
        return """
                | mishap | places | messages | done | rejected | expired | superseded | QoS 0 gone | lost | done twice | unexpected | repeats | longest recovery, s |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|
                """ + String.join("\n", rows) + "\n";
    }

    private static long count(List<Talk.Fate> fates, Talk.Fate fate) {
        return fates.stream().filter(fate::equals).count();
    }
}
