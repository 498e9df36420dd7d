package hearth.simulator.observer;

import hearth.simulator.journal.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Watches that one device answers each command with an id once, a brew when it is over.
 *
 * <p>Not expected: an answer to a repeat, which has had its own; to one that came in a flood, which may have given way;
 * to malformed and retained ones close together, whose answers are rationed; after a power cut.
 */
final class AnswerWatch implements Watch {

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
            Known command = known.get(Words.text(said.payload(), "id"));
            if (command != null) {
                answered(now, command);
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
        boolean refused = !order.readable() || order.retained() || !isSensible(order);
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
        if (before == null) {
            remember(command);
            if (!flooded && !rationed) {
                expect(now, command, order.topic().equals("coffee/brew/set"));
            }
        }
    }

    /** Whether the device can make sense of the value. Those it might not are taken for refused. */
    private static boolean isSensible(Order order) {
        String value = order.value();
        if (order.topic().endsWith("/target/set")) {
            double steps = Words.number(value) * 2;
            return steps >= 10 && steps <= 60 && steps == Math.rint(steps);
        }
        return switch (value) {
            case "off", "heat", "cool", "heat_cool" -> order.topic().endsWith("/mode/set");
            case "home", "away" -> order.topic().endsWith("/preset/set");
            case "PRESS" -> true;
            default -> false;
        };
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
