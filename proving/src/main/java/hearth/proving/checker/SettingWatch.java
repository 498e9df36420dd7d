package hearth.proving.checker;

import hearth.proving.checker.Expectations.Comfort;
import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Watches one thing that people set.
 *
 * <ol>
 *   <li>Rule 13: each change of what the airco says it is has a lawful command of its own, not retained, not expired, not
 *       a repeat. A boot brings back what was noted, or what the settings file says.
 *   <li>What a lawful command asks for is so at once, and still after a power cut.
 * </ol>
 */
final class SettingWatch implements Watch {

    private static final int MOST_WAITING = 256;
    private static final long AT_ONCE_MS = Duration.ofSeconds(1).toMillis();

    private final String name;
    private final String atFirst;
    private final Acted acted;
    private final Notes notes;
    private final Ledger ledger;
    private final Deque<Order> delivered = new ArrayDeque<>();
    private String remembered = "";
    private String said = "";

    /** As it was said last, before a power cut too, and since when. */
    private String value = "";

    private long valueSince = LONG_AGO;

    /** What it was told last and has not said yet; empty if nothing, or if that cannot be told from outside. */
    private String asked = "";

    private long askedAt;

    /** @param atFirst as the settings file has it @param notes of the same device; told of everything before this is */
    SettingWatch(String name, String atFirst, Acted acted, Notes notes, Ledger ledger) {
        this.name = name;
        this.atFirst = same(atFirst);
        this.acted = acted;
        this.notes = notes;
        this.ledger = ledger;
    }

    static SettingWatch ofTheTarget(Comfort comfort, Acted acted, Notes notes, Ledger ledger) {
        return new SettingWatch("target", Double.toString(comfort.targetC()), acted, notes, ledger);
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Booted booted) {
            booted(now, same(booted.remembered().getOrDefault(name, atFirst)));
        } else if (event instanceof Event.PowerCut) {
            asked = "";
        } else if (event instanceof Event.Heard heard && isMine(heard.topic(), "/set") && Order.isOne(heard)) {
            heard(now, Order.of(now, heard));
        } else if (event instanceof Event.Said words && isMine(words.topic(), "")) {
            said(now, same(words.payload()));
        }
    }

    private boolean isMine(String topic, String end) {
        return topic.length() == Airco.NODE.length() + 1 + name.length() + end.length()
                && topic.startsWith(Airco.NODE + "/" + name)
                && topic.endsWith(end);
    }

    private void booted(long now, String noted) {
        if (!value.isEmpty() && !value.equals(atFirst) && valueSince < notes.known()) {
            ledger.tested(Rule.OBEYED);
            if (!noted.equals(value)) {
                broken(Rule.OBEYED, now, name + " was " + value + ", and after the power cut its notes say " + noted);
            }
        }
        valueSince = noted.equals(value) ? valueSince : now;
        value = noted;
        remembered = noted;
        said = "";
        asked = "";
        delivered.clear();
    }

    private void heard(long now, Order order) {
        boolean mayAct = order.mayAct(now) && !acted.has(order.id());
        if (!mayAct) {
            ledger.tested(Rule.LAWFUL_COMMANDS);
        }
        String wish = same(order.value());
        if (mayAct && order.isSensible() && !wish.equals(asked)) {
            boolean certain = acted.isNew(order.id());
            asked = certain ? wish : "";
            askedAt = now;
            if (certain) {
                ledger.tested(Rule.OBEYED);
            }
        }
        delivered.add(order);
        if (delivered.size() > MOST_WAITING) {
            delivered.remove();
        }
    }

    private void said(long now, String word) {
        String before = said;
        said = word;
        valueSince = word.equals(value) ? valueSince : now;
        value = word;
        if (word.equals(before) || (before.isEmpty() && word.equals(remembered))) {
            return;
        }
        ledger.tested(Rule.LAWFUL_COMMANDS);
        delivered.removeIf(order -> now - order.heardAt() > Order.LIFE_MS);
        String flaw = "no command asked for it";
        for (Order order : delivered) {
            if (!same(order.value()).equals(word)) {
                continue;
            }
            if (order.mayAct(now) && !acted.has(order.id())) {
                delivered.remove(order);
                acted.add(order.id(), now);
                return;
            }
            flaw = "the command for it " + (order.mayAct(now) ? "is a repeat of " + order.id() : order.flaw(now));
        }
        broken(Rule.LAWFUL_COMMANDS, now, name + " became " + word + ": " + flaw);
    }

    @Override
    public void over(long now, long next) {
        if (!asked.isEmpty() && next > askedAt + AT_ONCE_MS) {
            if (!said.equals(asked)) {
                broken(Rule.OBEYED, askedAt + AT_ONCE_MS, name + " is " + said + ", and was lawfully set to " + asked);
            }
            asked = "";
        }
    }

    private void broken(Rule rule, long now, String what) {
        ledger.broken(rule, now, Airco.NODE, what);
    }

    /** The same value, however it is written. */
    private static String same(String value) {
        double number = Words.number(value);
        return Double.isNaN(number) ? value : Double.toString(number);
    }

    /** The ids of the commands that the device was given lately, and which of them acted. */
    static final class Acted implements Watch {

        /** Fewer than a device must know again. */
        private static final int KNOWN = 200;

        private static final int KNOWN_AFTER_A_BOOT = 24;

        /** More than any device knows. */
        private static final int EVER = 4_096;

        private final Notes notes;
        private final Ids ids = new Ids(KNOWN);
        private final Ids ever = new Ids(EVER);

        Acted(Notes notes) {
            this.notes = notes;
        }

        @Override
        public void see(long now, Event event) {
            if (event instanceof Event.Booted) {
                ids.forgetSince(notes.known());
                ids.keep(KNOWN_AFTER_A_BOOT);
            } else if (event instanceof Event.Heard heard && Order.isOne(heard)) {
                ever.add(Order.of(now, heard).id(), now);
            } else if (event instanceof Event.Said said && said.topic().endsWith("/result")) {
                String id = Words.text(said.payload(), "id");
                boolean done = Words.text(said.payload(), "outcome").equals("done");
                ids.add(done ? id : "not " + id, now); // Makes room all the same, as it does in the device.
            }
        }

        void add(String id, long now) {
            if (!id.isEmpty()) {
                ids.add(id, now);
            }
        }

        /** Whether a command with this id acted, and the device must know that. */
        boolean has(String id) {
            return !id.isEmpty() && ids.contains(id);
        }

        /** Whether no device can take it for a repeat. */
        boolean isNew(String id) {
            return id.isEmpty() || !ever.contains(id);
        }
    }
}
