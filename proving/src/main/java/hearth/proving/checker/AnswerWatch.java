package hearth.proving.checker;

import hearth.proving.journal.Event;
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
final class AnswerWatch implements Watch {

    private static final Set<String> OUTCOMES = Set.of("done", "rejected", "expired", "superseded");

    private static final long AT_ONCE_MS = 2_000;
    private static final long NOTING_MS = Duration.ofSeconds(30).toMillis();

    /** So many commands in so long are a flood: of answers 64 are owed at most, each for a minute. */
    private static final int FLOOD = 30;

    private static final long FLOOD_MS = Duration.ofMinutes(5).toMillis();

    /** Answers to what is refused at the door come every six seconds at least. */
    private static final long RATION_MS = Duration.ofSeconds(7).toMillis();

    /** Far more than any device remembers. */
    private static final int KNOWN = 8_192;

    private final String node;
    private final Set<String> topics;
    private final long brewMs;
    private final Ledger ledger;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Deque<Known> expected = new ArrayDeque<>();
    private final Deque<Known> brews = new ArrayDeque<>();
    private final long[] arrivals = new long[FLOOD];
    private int arrivalsCount;
    private long refusedAt = LONG_AGO;
    private long bootedAt = LONG_AGO;
    private boolean powered;

    /** What is known of one id. */
    private static final class Known {
        private final String id;
        private long heardAt;
        private long due = NEVER;
        private int heard;
        private int answered;
        private boolean mayAct;

        Known(String id) {
            this.id = id;
        }
    }

    /** @param topics of its commands */
    AnswerWatch(String node, Set<String> topics, Duration brewTime, Ledger ledger) {
        this.node = node;
        this.topics = topics;
        this.brewMs = brewTime.toMillis();
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Heard heard && topics.contains(heard.topic()) && Order.isOne(heard)) {
            heard(now, Order.of(now, heard));
        } else if (event instanceof Event.Said said && said.topic().endsWith("/result")) {
            String id = Words.text(said.payload(), "id");
            answer(now, id, said.payload());
            Known command = known.get(id);
            if (command != null) {
                answered(now, command);
            } else if (!id.isEmpty()) {
                ledger.broken(Rule.ANSWERED, now, node, "answers " + id + ", which nobody asked");
            }
        } else if (event instanceof Event.PowerCut || event instanceof Event.Booted) {
            powered = event instanceof Event.Booted;
            bootedAt = now;
            expected.clear();
            brews.clear();
        }
    }

    private void heard(long now, Order order) {
        boolean flooded = now - arrivals[arrivalsCount % FLOOD] < FLOOD_MS && arrivalsCount >= FLOOD;
        arrivals[arrivalsCount % FLOOD] = now;
        arrivalsCount++;
        boolean refused = !order.readable() || order.retained() || !order.isSensible();
        boolean rationed = refused && now - refusedAt < RATION_MS;
        refusedAt = refused ? now : refusedAt;
        if (!order.hasId() || !powered) {
            return;
        }
        Known before = known.get(order.id());
        Known command = before == null ? new Known(order.id()) : before;
        if (command.heardAt < bootedAt) {
            command.heard = 0;
            command.answered = 0;
        }
        command.heardAt = now;
        command.heard++;
        command.mayAct |= order.mayAct(now);
        if (before == null) {
            remember(command);
            if (!flooded && !rationed) {
                expect(now, command, order.topic().equals(Reasons.BREW));
            }
        }
    }

    private void answer(long now, String id, String payload) {
        String outcome = Words.text(payload, "outcome");
        boolean reasoned =
                !outcome.equals("rejected") || !Words.text(payload, "because").isEmpty();
        if (!OUTCOMES.contains(outcome) || !reasoned) {
            ledger.broken(Rule.ANSWERED, now, node, "no answer there may be: " + payload);
        }
        Known command = known.get(id);
        if (command != null && outcome.equals("done") && !command.mayAct) {
            ledger.broken(Rule.LAWFUL_COMMANDS, now, node, "calls done what must not act: " + id);
        }
    }

    private void remember(Known command) {
        known.put(command.id, command);
        if (known.size() > KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private void expect(long now, Known command, boolean brew) {
        ledger.tested(Rule.ANSWERED);
        command.due = now + AT_ONCE_MS + (brew ? brewMs + NOTING_MS : 0);
        (brew ? brews : expected).add(command);
    }

    private void answered(long now, Known command) {
        command.due = NEVER;
        command.answered++;
        if (command.answered > command.heard && command.heardAt >= bootedAt) {
            String times = command.answered + " answers to " + command.heard + " commands ";
            ledger.broken(Rule.ANSWERED, now, node, times + command.id);
        }
    }

    @Override
    public void over(long now, long next) {
        check(expected, next);
        check(brews, next);
    }

    private void check(Deque<Known> waiting, long next) {
        while (!waiting.isEmpty() && (waiting.element().due == NEVER || waiting.element().due < next)) {
            Known command = waiting.remove();
            if (command.due != NEVER) {
                ledger.broken(Rule.ANSWERED, command.due, node, "no answer to command " + command.id);
            }
        }
    }
}
