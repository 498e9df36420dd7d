package hearth.proving.journal;

import java.time.Duration;

/**
 * One line of a journal.
 *
 * @param at   since the journal's begin, to the millisecond
 * @param node the device's name; empty for what happens to the whole house
 */
public record JournalEntry(Duration at, String node, JournalEvent event) {}
