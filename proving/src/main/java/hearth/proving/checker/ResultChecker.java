package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks that a device answers each command with an id once (a brew at its end), with one of the four outcomes and a
 * reason for each rejection, and that it does not answer done to a command that must have no effect.
 *
 * <p>No answer is required for a repeat, which already has its answer; for a command in a flood, which may be dropped;
 * for malformed and retained commands close together, whose answers are rate-limited; and after a power cut.
 */
final class ResultChecker implements EventObserver {

    private static final Set<String> OUTCOMES = Set.of("done", "rejected", "expired", "superseded");

    private static final long RESULT_WITHIN_MS = 2_000;
    private static final long SAVE_WITHIN_MS = Duration.ofSeconds(30).toMillis();

    /** This many commands within the window are a flood: a device keeps at most 64 answers, each for a minute. */
    private static final int BURST = 30;

    private static final long BURST_WINDOW_MS = Duration.ofMinutes(5).toMillis();

    /** A device answers one malformed or retained command every six seconds. */
    private static final long RESULT_PERIOD_MS = Duration.ofSeconds(7).toMillis();

    /** Far more ids than any device stores. */
    private static final int MAX_KNOWN = 8_192;

    private final String node;
    private final Set<String> topics;
    private final long brewMs;
    private final FindingsRecorder findings;
    private final Map<String, TrackedCommand> known = new LinkedHashMap<>();
    private final Deque<TrackedCommand> expected = new ArrayDeque<>();
    private final Deque<TrackedCommand> brews = new ArrayDeque<>();
    private final long[] arrivals = new long[BURST];
    private int arrivalsCount;
    private long rejectedAt = LONG_AGO;
    private long bootedAt = LONG_AGO;
    private boolean powered;

    /** The commands and answers with one id. */
    private static final class TrackedCommand {
        private final String id;
        private long receivedAt;
        private long dueAt = NEVER;
        private int receivedCount;
        private int answeredCount;
        private boolean mayAct;

        TrackedCommand(String id) {
            this.id = id;
        }
    }

    /** @param topics the topics of its commands */
    ResultChecker(String node, Set<String> topics, Duration brewTime, FindingsRecorder findings) {
        this.node = node;
        this.topics = topics;
        this.brewMs = brewTime.toMillis();
        this.findings = findings;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.MessageReceived received
                && topics.contains(received.topic())
                && ReceivedCommand.isCommand(received)) {
            onCommand(now, ReceivedCommand.of(now, received));
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().endsWith("/result")) {
            String id = PayloadParser.text(message.payload(), "id");
            onResult(now, id, message.payload());
            TrackedCommand command = known.get(id);
            if (command != null) {
                onAnswered(now, command);
            } else if (!id.isEmpty()) {
                findings.broken(
                        SafetyRule.EVERY_COMMAND_ANSWERED,
                        now,
                        node,
                        "answers the id " + id + ", but no command had it");
            }
        } else if (event instanceof JournalEvent.PowerCut || event instanceof JournalEvent.Booted) {
            powered = event instanceof JournalEvent.Booted;
            bootedAt = now;
            expected.clear();
            brews.clear();
        }
    }

    private void onCommand(long now, ReceivedCommand received) {
        boolean flooded = now - arrivals[arrivalsCount % BURST] < BURST_WINDOW_MS && arrivalsCount >= BURST;
        arrivals[arrivalsCount % BURST] = now;
        arrivalsCount++;
        boolean rejected = !received.readable() || received.retained() || !received.isValidValue();
        boolean rateLimited = rejected && now - rejectedAt < RESULT_PERIOD_MS;
        rejectedAt = rejected ? now : rejectedAt;
        if (!received.hasId() || !powered) {
            return;
        }
        TrackedCommand before = known.get(received.id());
        TrackedCommand command = before == null ? new TrackedCommand(received.id()) : before;
        if (command.receivedAt < bootedAt) {
            command.receivedCount = 0;
            command.answeredCount = 0;
        }
        command.receivedAt = now;
        command.receivedCount++;
        command.mayAct |= received.mayAct(now);
        if (before == null) {
            addKnown(command);
            if (!flooded && !rateLimited) {
                expectResult(now, command, received.topic().equals(BrewCauses.BREW));
            }
        }
    }

    private void onResult(long now, String id, String payload) {
        String outcome = PayloadParser.text(payload, "outcome");
        boolean reasoned = !outcome.equals("rejected")
                || !PayloadParser.text(payload, "because").isEmpty();
        if (!OUTCOMES.contains(outcome) || !reasoned) {
            findings.broken(SafetyRule.EVERY_COMMAND_ANSWERED, now, node, "an invalid answer: " + payload);
        }
        TrackedCommand command = known.get(id);
        if (command != null && outcome.equals("done") && !command.mayAct) {
            findings.broken(
                    SafetyRule.VALID_COMMANDS_ONLY,
                    now,
                    node,
                    "answers done to the command " + id + ", which must have no effect");
        }
    }

    private void addKnown(TrackedCommand command) {
        known.put(command.id, command);
        if (known.size() > MAX_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private void expectResult(long now, TrackedCommand command, boolean brew) {
        findings.tested(SafetyRule.EVERY_COMMAND_ANSWERED);
        command.dueAt = now + RESULT_WITHIN_MS + (brew ? brewMs + SAVE_WITHIN_MS : 0);
        (brew ? brews : expected).add(command);
    }

    private void onAnswered(long now, TrackedCommand command) {
        command.dueAt = NEVER;
        command.answeredCount++;
        if (command.answeredCount > command.receivedCount && command.receivedAt >= bootedAt) {
            String times = command.answeredCount + " answers to " + command.receivedCount + " commands with the id ";
            findings.broken(SafetyRule.EVERY_COMMAND_ANSWERED, now, node, times + command.id);
        }
    }

    @Override
    public void onInstantEnd(long now, long next) {
        reportOverdue(expected, next);
        reportOverdue(brews, next);
    }

    private void reportOverdue(Deque<TrackedCommand> waiting, long next) {
        while (!waiting.isEmpty() && (waiting.element().dueAt == NEVER || waiting.element().dueAt < next)) {
            TrackedCommand command = waiting.remove();
            if (command.dueAt != NEVER) {
                findings.broken(
                        SafetyRule.EVERY_COMMAND_ANSWERED, command.dueAt, node, "no answer to command " + command.id);
            }
        }
    }
}
