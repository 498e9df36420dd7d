package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedComfort;
import hearth.proving.journal.JournalEvent;
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
final class SettingChecker implements EventObserver {

    private static final int MAX_PENDING = 256;
    private static final long APPLY_WITHIN_MS = Duration.ofSeconds(1).toMillis();

    private final String name;
    private final String initialValue;
    private final ActedCommandIds actedIds;
    private final SurvivingState savedState;
    private final FindingsRecorder findings;
    private final Deque<ReceivedCommand> delivered = new ArrayDeque<>();
    private String restored = "";
    private String published = "";

    /** As it was said last, before a power cut too, and since when. */
    private String value = "";

    private long valueSince = LONG_AGO;

    /** What it was told last and has not said yet; empty if nothing, or if that cannot be told from outside. */
    private String requested = "";

    private long requestedAt;

    /** @param atFirst as the settings file has it @param notes of the same device; told of everything before this is */
    SettingChecker(String name, String atFirst, ActedCommandIds acted, SurvivingState notes, FindingsRecorder ledger) {
        this.name = name;
        this.initialValue = normalized(atFirst);
        this.actedIds = acted;
        this.savedState = notes;
        this.findings = ledger;
    }

    static SettingChecker forTarget(
            ExpectedComfort comfort, ActedCommandIds acted, SurvivingState notes, FindingsRecorder ledger) {
        return new SettingChecker("target", Double.toString(comfort.targetC()), acted, notes, ledger);
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.Booted booted) {
            onBoot(now, normalized(booted.savedState().getOrDefault(name, initialValue)));
        } else if (event instanceof JournalEvent.PowerCut) {
            requested = "";
        } else if (event instanceof JournalEvent.MessageReceived heard
                && isOwnTopic(heard.topic(), "/set")
                && ReceivedCommand.isCommand(heard)) {
            onCommand(now, ReceivedCommand.of(now, heard));
        } else if (event instanceof JournalEvent.MessagePublished words && isOwnTopic(words.topic(), "")) {
            published(now, normalized(words.payload()));
        }
    }

    private boolean isOwnTopic(String topic, String end) {
        return topic.length() == ObservedAirco.NODE.length() + 1 + name.length() + end.length()
                && topic.startsWith(ObservedAirco.NODE + "/" + name)
                && topic.endsWith(end);
    }

    private void onBoot(long now, String noted) {
        if (!value.isEmpty() && !value.equals(initialValue) && valueSince < savedState.survivesBefore()) {
            findings.tested(SafetyRule.COMMANDS_OBEYED);
            if (!noted.equals(value)) {
                reportViolation(
                        SafetyRule.COMMANDS_OBEYED,
                        now,
                        name + " was " + value + ", and after the power cut its notes say " + noted);
            }
        }
        valueSince = noted.equals(value) ? valueSince : now;
        value = noted;
        restored = noted;
        published = "";
        requested = "";
        delivered.clear();
    }

    private void onCommand(long now, ReceivedCommand order) {
        boolean mayAct = order.mayAct(now) && !actedIds.has(order.id());
        if (!mayAct) {
            findings.tested(SafetyRule.VALID_COMMANDS_ONLY);
        }
        String wish = normalized(order.value());
        if (mayAct && order.isValidValue() && !wish.equals(requested)) {
            boolean certain = actedIds.isNew(order.id());
            requested = certain ? wish : "";
            requestedAt = now;
            if (certain) {
                findings.tested(SafetyRule.COMMANDS_OBEYED);
            }
        }
        delivered.add(order);
        if (delivered.size() > MAX_PENDING) {
            delivered.remove();
        }
    }

    private void published(long now, String word) {
        String before = published;
        published = word;
        valueSince = word.equals(value) ? valueSince : now;
        value = word;
        if (word.equals(before) || (before.isEmpty() && word.equals(restored))) {
            return;
        }
        findings.tested(SafetyRule.VALID_COMMANDS_ONLY);
        delivered.removeIf(order -> now - order.receivedAt() > ReceivedCommand.MAX_AGE_MS);
        String flaw = "no command asked for it";
        for (ReceivedCommand order : delivered) {
            if (!normalized(order.value()).equals(word)) {
                continue;
            }
            if (order.mayAct(now) && !actedIds.has(order.id())) {
                delivered.remove(order);
                actedIds.add(order.id(), now);
                return;
            }
            flaw = "the command for it "
                    + (order.mayAct(now) ? "is a repeat of " + order.id() : order.rejectionReason(now));
        }
        reportViolation(SafetyRule.VALID_COMMANDS_ONLY, now, name + " became " + word + ": " + flaw);
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (!requested.isEmpty() && next > requestedAt + APPLY_WITHIN_MS) {
            if (!published.equals(requested)) {
                reportViolation(
                        SafetyRule.COMMANDS_OBEYED,
                        requestedAt + APPLY_WITHIN_MS,
                        name + " is " + published + ", and was lawfully set to " + requested);
            }
            requested = "";
        }
    }

    private void reportViolation(SafetyRule rule, long now, String what) {
        findings.broken(rule, now, ObservedAirco.NODE, what);
    }

    /** The same value, however it is written. */
    private static String normalized(String value) {
        double number = PayloadParser.number(value);
        return Double.isNaN(number) ? value : Double.toString(number);
    }

    /** The ids of the commands that the device was given lately, and which of them acted. */
    static final class ActedCommandIds implements EventObserver {

        /** Fewer than a device must know again. */
        private static final int MAX_KNOWN = 200;

        private static final int MAX_KNOWN_AFTER_BOOT = 24;

        /** More than any device knows. */
        private static final int MAX_EVER = 4_096;

        private final SurvivingState savedState;
        private final RecentIds ids = new RecentIds(MAX_KNOWN);
        private final RecentIds ever = new RecentIds(MAX_EVER);

        ActedCommandIds(SurvivingState notes) {
            this.savedState = notes;
        }

        @Override
        public void onEvent(long now, JournalEvent event) {
            if (event instanceof JournalEvent.Booted) {
                ids.forgetSince(savedState.survivesBefore());
                ids.retainLatest(MAX_KNOWN_AFTER_BOOT);
            } else if (event instanceof JournalEvent.MessageReceived heard && ReceivedCommand.isCommand(heard)) {
                ever.add(ReceivedCommand.of(now, heard).id(), now);
            } else if (event instanceof JournalEvent.MessagePublished said
                    && said.topic().endsWith("/result")) {
                String id = PayloadParser.text(said.payload(), "id");
                boolean done = PayloadParser.text(said.payload(), "outcome").equals("done");
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
