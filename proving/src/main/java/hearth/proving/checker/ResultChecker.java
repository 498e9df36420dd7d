package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Watches that one device answers each command with an id once, a brew when it is over, with one of the four outcomes
 * there are and a reason for each refusal, and that it does not call done what must not act.
 *
 * <p>Not expected: an answer to a repeat, which has had its own; to one that came in a flood, which may have given way;
 * to malformed and retained ones close together, whose answers are rationed; after a power cut.
 */
final class ResultChecker implements EventObserver {

    private static final Set<String> OUTCOMES = Set.of("done", "rejected", "expired", "superseded");

    private static final long RESULT_WITHIN_MS = 2_000;
    private static final long SAVE_WITHIN_MS = Duration.ofSeconds(30).toMillis();

    /** So many commands in so long are a flood: of answers 64 are owed at most, each for a minute. */
    private static final int BURST = 30;

    private static final long BURST_WINDOW_MS = Duration.ofMinutes(5).toMillis();

    /** Answers to what is refused at the door come every six seconds at least. */
    private static final long RESULT_PERIOD_MS = Duration.ofSeconds(7).toMillis();

    /** Far more than any device remembers. */
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
    private long refusedAt = LONG_AGO;
    private long bootedAt = LONG_AGO;
    private boolean powered;

    /** What is known of one id. */
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

    /** @param topics of its commands */
    ResultChecker(String node, Set<String> topics, Duration brewTime, FindingsRecorder ledger) {
        this.node = node;
        this.topics = topics;
        this.brewMs = brewTime.toMillis();
        this.findings = ledger;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.MessageReceived heard
                && topics.contains(heard.topic())
                && ReceivedCommand.isCommand(heard)) {
            onCommand(now, ReceivedCommand.of(now, heard));
        } else if (event instanceof JournalEvent.MessagePublished said
                && said.topic().endsWith("/result")) {
            String id = PayloadParser.text(said.payload(), "id");
            onResult(now, id, said.payload());
            TrackedCommand command = known.get(id);
            if (command != null) {
                onAnswered(now, command);
            } else if (!id.isEmpty()) {
                findings.broken(SafetyRule.EVERY_COMMAND_ANSWERED, now, node, "answers " + id + ", which nobody asked");
            }
        } else if (event instanceof JournalEvent.PowerCut || event instanceof JournalEvent.Booted) {
            powered = event instanceof JournalEvent.Booted;
            bootedAt = now;
            expected.clear();
            brews.clear();
        }
    }

    private void onCommand(long now, ReceivedCommand order) {
        boolean flooded = now - arrivals[arrivalsCount % BURST] < BURST_WINDOW_MS && arrivalsCount >= BURST;
        arrivals[arrivalsCount % BURST] = now;
        arrivalsCount++;
        boolean refused = !order.readable() || order.retained() || !order.isValidValue();
        boolean rationed = refused && now - refusedAt < RESULT_PERIOD_MS;
        refusedAt = refused ? now : refusedAt;
        if (!order.hasId() || !powered) {
            return;
        }
        TrackedCommand before = known.get(order.id());
        TrackedCommand command = before == null ? new TrackedCommand(order.id()) : before;
        if (command.receivedAt < bootedAt) {
            command.receivedCount = 0;
            command.answeredCount = 0;
        }
        command.receivedAt = now;
        command.receivedCount++;
        command.mayAct |= order.mayAct(now);
        if (before == null) {
            addKnown(command);
            if (!flooded && !rationed) {
                expectResult(now, command, order.topic().equals(BrewCauses.BREW));
            }
        }
    }

    private void onResult(long now, String id, String payload) {
        String outcome = PayloadParser.text(payload, "outcome");
        boolean reasoned = !outcome.equals("rejected")
                || !PayloadParser.text(payload, "because").isEmpty();
        if (!OUTCOMES.contains(outcome) || !reasoned) {
            findings.broken(SafetyRule.EVERY_COMMAND_ANSWERED, now, node, "no answer there may be: " + payload);
        }
        TrackedCommand command = known.get(id);
        if (command != null && outcome.equals("done") && !command.mayAct) {
            findings.broken(SafetyRule.VALID_COMMANDS_ONLY, now, node, "calls done what must not act: " + id);
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
            String times = command.answeredCount + " answers to " + command.receivedCount + " commands ";
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
