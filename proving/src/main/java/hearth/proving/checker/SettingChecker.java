package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedComfort;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks one setting of the airco that commands change.
 *
 * <ol>
 *   <li>Rule 13: each change of the published value has its own valid command: not retained, not expired, not a repeat.
 *       A boot restores the saved value, or the value of the settings file.
 *   <li>The value of a valid command applies at once, and still applies after a power cut.
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

    /** The last published value, also from before a power cut. */
    private String value = "";

    private long valueSince = LONG_AGO;

    /** The last requested value that is not published yet; empty for none, or if it is not certain. */
    private String requested = "";

    private long requestedAt;

    /** @param initialValue of the settings file @param savedState of the same device; receives each event first */
    SettingChecker(
            String name,
            String initialValue,
            ActedCommandIds actedIds,
            SurvivingState savedState,
            FindingsRecorder findings) {
        this.name = name;
        this.initialValue = normalized(initialValue);
        this.actedIds = actedIds;
        this.savedState = savedState;
        this.findings = findings;
    }

    static SettingChecker forTarget(
            ExpectedComfort comfort, ActedCommandIds actedIds, SurvivingState savedState, FindingsRecorder findings) {
        return new SettingChecker("target", Double.toString(comfort.targetC()), actedIds, savedState, findings);
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.Booted booted) {
            onBoot(now, normalized(booted.savedState().getOrDefault(name, initialValue)));
        } else if (event instanceof JournalEvent.PowerCut) {
            requested = "";
        } else if (event instanceof JournalEvent.MessageReceived received
                && isOwnTopic(received.topic(), "/set")
                && ReceivedCommand.isCommand(received)) {
            onCommand(now, ReceivedCommand.of(now, received));
        } else if (event instanceof JournalEvent.MessagePublished message && isOwnTopic(message.topic(), "")) {
            published(now, normalized(message.payload()));
        }
    }

    private boolean isOwnTopic(String topic, String end) {
        return topic.length() == ObservedAirco.NODE.length() + 1 + name.length() + end.length()
                && topic.startsWith(ObservedAirco.NODE + "/" + name)
                && topic.endsWith(end);
    }

    private void onBoot(long now, String restoredValue) {
        if (!value.isEmpty() && !value.equals(initialValue) && valueSince < savedState.survivesBefore()) {
            findings.tested(SafetyRule.COMMANDS_OBEYED);
            if (!restoredValue.equals(value)) {
                reportViolation(
                        SafetyRule.COMMANDS_OBEYED,
                        now,
                        name + " was " + value + ", but its saved state after the power cut is " + restoredValue);
            }
        }
        valueSince = restoredValue.equals(value) ? valueSince : now;
        value = restoredValue;
        restored = restoredValue;
        published = "";
        requested = "";
        delivered.clear();
    }

    private void onCommand(long now, ReceivedCommand command) {
        boolean mayAct = command.mayAct(now) && !actedIds.has(command.id());
        if (!mayAct) {
            findings.tested(SafetyRule.VALID_COMMANDS_ONLY);
        }
        String requestedValue = normalized(command.value());
        if (mayAct && command.isValidValue() && !requestedValue.equals(requested)) {
            boolean certain = actedIds.isNew(command.id());
            requested = certain ? requestedValue : "";
            requestedAt = now;
            if (certain) {
                findings.tested(SafetyRule.COMMANDS_OBEYED);
            }
        }
        delivered.add(command);
        if (delivered.size() > MAX_PENDING) {
            delivered.remove();
        }
    }

    private void published(long now, String newValue) {
        String before = published;
        published = newValue;
        valueSince = newValue.equals(value) ? valueSince : now;
        value = newValue;
        if (newValue.equals(before) || (before.isEmpty() && newValue.equals(restored))) {
            return;
        }
        findings.tested(SafetyRule.VALID_COMMANDS_ONLY);
        delivered.removeIf(command -> now - command.receivedAt() > ReceivedCommand.MAX_AGE_MS);
        String problem = "no command requested it";
        for (ReceivedCommand command : delivered) {
            if (!normalized(command.value()).equals(newValue)) {
                continue;
            }
            if (command.mayAct(now) && !actedIds.has(command.id())) {
                delivered.remove(command);
                actedIds.add(command.id(), now);
                return;
            }
            problem = "its command "
                    + (command.mayAct(now) ? "is a repeat of " + command.id() : command.rejectionReason(now));
        }
        reportViolation(SafetyRule.VALID_COMMANDS_ONLY, now, name + " changed to " + newValue + ": " + problem);
    }

    @Override
    public void onInstantEnd(long now, long next) {
        if (!requested.isEmpty() && next > requestedAt + APPLY_WITHIN_MS) {
            if (!published.equals(requested)) {
                reportViolation(
                        SafetyRule.COMMANDS_OBEYED,
                        requestedAt + APPLY_WITHIN_MS,
                        name + " is " + published + ", but a valid command requested " + requested);
            }
            requested = "";
        }
    }

    private void reportViolation(SafetyRule rule, long now, String what) {
        findings.broken(rule, now, ObservedAirco.NODE, what);
    }

    /** The same text for all notations of a number. */
    private static String normalized(String value) {
        double number = PayloadParser.number(value);
        return Double.isNaN(number) ? value : Double.toString(number);
    }

    /** The ids of the latest commands, and which of them had an effect. */
    static final class ActedCommandIds implements EventObserver {

        /** Fewer ids than a device must recognise. */
        private static final int MAX_KNOWN = 200;

        private static final int MAX_KNOWN_AFTER_BOOT = 24;

        /** More ids than any device stores. */
        private static final int MAX_EVER = 4_096;

        private final SurvivingState savedState;
        private final RecentIds ids = new RecentIds(MAX_KNOWN);
        private final RecentIds ever = new RecentIds(MAX_EVER);

        ActedCommandIds(SurvivingState savedState) {
            this.savedState = savedState;
        }

        @Override
        public void onEvent(long now, JournalEvent event) {
            if (event instanceof JournalEvent.Booted) {
                ids.forgetSince(savedState.survivesBefore());
                ids.retainLatest(MAX_KNOWN_AFTER_BOOT);
            } else if (event instanceof JournalEvent.MessageReceived received && ReceivedCommand.isCommand(received)) {
                ever.add(ReceivedCommand.of(now, received).id(), now);
            } else if (event instanceof JournalEvent.MessagePublished message
                    && message.topic().endsWith("/result")) {
                String id = PayloadParser.text(message.payload(), "id");
                boolean done = PayloadParser.text(message.payload(), "outcome").equals("done");
                ids.add(done ? id : "not " + id, now); // A rejected id takes one place, as in the device.
            }
        }

        void add(String id, long now) {
            if (!id.isEmpty()) {
                ids.add(id, now);
            }
        }

        /** Whether a command with this id had an effect, and the device must know it. */
        boolean has(String id) {
            return !id.isEmpty() && ids.contains(id);
        }

        /** Whether no device can consider it a repeat. */
        boolean isNew(String id) {
            return id.isEmpty() || !ever.contains(id);
        }
    }
}
