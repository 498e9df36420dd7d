package hearth.proving.journal;

import java.time.Duration;

/**
 * One line of a journal.
 *
 * @param at   the time since the start of the journal, with millisecond resolution
 * @param node the name of the device; empty for an event that concerns all devices
 */
public record JournalEntry(Duration at, String node, JournalEvent event) {}
