package hearth.common.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of faults and results. */
final class ConnectionLossTable {

    private final List<String> rows = new ArrayList<>();

    void add(String fault, List<ConnectionLossRun> runs) {
        List<ConnectionLossRun.MessageFate> fates =
                runs.stream().flatMap(run -> run.fates().values().stream()).toList();
        long longestMs = runs.stream()
                .map(ConnectionLossRun::recovery)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .toMillis();
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f |",
                fault,
                runs.stream().filter(ConnectionLossRun::hasHappened).count(),
                fates.size(),
                count(fates, ConnectionLossRun.MessageFate.DONE),
                count(fates, ConnectionLossRun.MessageFate.REJECTED),
                count(fates, ConnectionLossRun.MessageFate.EXPIRED),
                count(fates, ConnectionLossRun.MessageFate.SUPERSEDED),
                count(fates, ConnectionLossRun.MessageFate.GONE),
                count(fates, ConnectionLossRun.MessageFate.LOST),
                runs.stream().mapToInt(ConnectionLossRun::executedTwice).sum(),
                runs.stream().mapToInt(run -> run.unexpected().size()).sum(),
                runs.stream().mapToInt(ConnectionLossRun::receivedTwice).sum(),
                longestMs / 1000.0));
    }

    @Override
    public String toString() {
        return """
                | injected fault | places | messages | done | rejected | expired | superseded | QoS 0 gone | lost | done twice | unexpected | repeats | longest recovery, s |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|
                """ + String.join("\n", rows) + "\n";
    }

    private static long count(List<ConnectionLossRun.MessageFate> fates, ConnectionLossRun.MessageFate fate) {
        return fates.stream().filter(fate::equals).count();
    }
}
