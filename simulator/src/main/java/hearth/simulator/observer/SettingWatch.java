package hearth.simulator.observer;

import hearth.simulator.journal.Event;
import hearth.simulator.observer.Expectations.Comfort;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Watches one thing that people set: each change of what the airco says it is has a lawful command of its own, not
 * retained, not expired, not a repeat. A boot brings back what was remembered, or what the settings file says.
 */
final class SettingWatch implements Watch {

    private static final int MOST_WAITING = 256;

    private final String name;
    private final String atFirst;
    private final Acted acted;
    private final Ledger ledger;
    private final Deque<Order> delivered = new ArrayDeque<>();
    private String remembered = "";
    private String said = "";

    /** @param atFirst as the settings file has it */
    SettingWatch(String name, String atFirst, Acted acted, Ledger ledger) {
        this.name = name;
        this.atFirst = same(atFirst);
        this.acted = acted;
        this.ledger = ledger;
    }

    static SettingWatch ofTheTarget(Comfort comfort, Acted acted, Ledger ledger) {
        return new SettingWatch("target", Double.toString(comfort.targetC()), acted, ledger);
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Booted booted) {
            delivered.clear();
            said = "";
            remembered = same(booted.remembered().getOrDefault(name, atFirst));
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

    private void heard(long now, Order order) {
        if (!order.mayAct(now) || acted.has(order.id())) {
            ledger.tested(Rule.LAWFUL_COMMANDS);
        }
        delivered.add(order);
        if (delivered.size() > MOST_WAITING) {
            delivered.remove();
        }
    }

    private void said(long now, String value) {
        String before = said;
        said = value;
        if (value.equals(before)) {
            return;
        }
        if (before.isEmpty() && (value.equals(remembered) || value.equals(atFirst))) {
            return;
        }
        ledger.tested(Rule.LAWFUL_COMMANDS);
        delivered.removeIf(order -> now - order.heardAt() > Order.LIFE_MS);
        String flaw = "no command asked for it";
        for (Order order : delivered) {
            if (!same(order.value()).equals(value)) {
                continue;
            }
            if (order.mayAct(now) && !acted.has(order.id())) {
                delivered.remove(order);
                acted.add(order.id());
                return;
            }
            flaw = "the command for it " + (order.mayAct(now) ? "is a repeat of " + order.id() : order.flaw(now));
        }
        ledger.broken(Rule.LAWFUL_COMMANDS, now, Airco.NODE, name + " became " + value + ": " + flaw);
    }

    /** The same value, however it is written. */
    private static String same(String value) {
        double number = Words.number(value);
        return Double.isNaN(number) ? value : Double.toString(number);
    }

    /** The ids of the commands that acted lately, as many as a device must know again. */
    static final class Acted implements Watch {

        private static final int KNOWN = 200;
        private static final String NOTE = "command.";

        private final Ids ids = new Ids(KNOWN);

        @Override
        public void see(long now, Event event) {
            if (event instanceof Event.Booted booted) {
                ids.clear();
                booted.remembered().forEach(this::remembered);
            } else if (event instanceof Event.Said said && said.topic().endsWith("/result")) {
                String id = Words.text(said.payload(), "id");
                boolean done = Words.text(said.payload(), "outcome").equals("done");
                ids.add(done ? id : "not " + id); // Makes room all the same, as it does in the device.
            }
        }

        private void remembered(String name, String note) {
            int end = note.indexOf(' ');
            if (name.startsWith(NOTE) && end > 0) {
                ids.add(note.substring(0, end));
            }
        }

        void add(String id) {
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }

        boolean has(String id) {
            return !id.isEmpty() && ids.contains(id);
        }
    }
}
