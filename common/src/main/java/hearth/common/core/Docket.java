package hearth.common.core;

import hearth.common.core.Effect.Announce;
import hearth.common.message.Command;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands a device was given lately, and the answers it still owes.
 *
 * @param known the latest ids; a repeat of one acts no more
 * @param owed  answers not yet settled, oldest first
 * @param count answers given since the boot; numbers the next
 */
public record Docket(Known known, List<Announce<Result>> owed, long count) {

    /** How many ids are known again. */
    public static final int REMEMBERED = 256;

    /** How many of them survive a power cut: after one only what was under way is sent again. */
    public static final int NOTED = 32;

    /** One command's id and content. */
    public record Seen(String id, String content) {}

    /**
     * The latest commands, and what of them is to survive a power cut: every turn of a device tells the latter, and it
     * changes but rarely.
     *
     * @param seen oldest first
     */
    public record Known(List<Seen> seen, String note) {

        private static Known of(List<Seen> seen) {
            List<Seen> all = List.copyOf(seen.subList(Math.max(0, seen.size() - REMEMBERED), seen.size()));
            String note = all.subList(Math.max(0, all.size() - NOTED), all.size()).stream()
                    .map(one -> one.id() + " " + one.content())
                    .collect(Collectors.joining(PARTED_BY));
            return new Known(all, note);
        }
    }

    public static final Docket EMPTY = new Docket(new Known(List.of(), ""), List.of(), 0);

    private static final String NOTE = "commands";
    private static final String PARTED_BY = "; ";

    /** What was known of commands before a power cut. */
    public static Docket of(Map<String, String> notes) {
        List<Seen> seen = Arrays.stream(notes.getOrDefault(NOTE, "").split(PARTED_BY, -1))
                .filter(one -> one.contains(" "))
                .map(one -> one.split(" ", 2))
                .map(words -> new Seen(words[0], words[1]))
                .toList();
        return new Docket(Known.of(seen), List.of(), 0);
    }

    /** What of it should survive a power cut, so that no command acts twice. */
    public Map<String, String> notes() {
        return known.note.isEmpty() ? Map.of() : Map.of(NOTE, known.note);
    }

    /** The commands, oldest first. */
    public List<Seen> seen() {
        return known.seen;
    }

    public Docket {
        owed = List.copyOf(owed);
    }

    /**
     * What is left of this docket if the command is not to act: it is a repeat, or came too late. A repeat is silent if
     * it asks for the same, as its answer was given; it is rejected if it reuses the id for something else.
     */
    public Optional<Docket> turnedAway(Command<?> command, Instant now) {
        if (command.hasId() && seen().stream().anyMatch(one -> one.id().equals(command.id()))) {
            boolean same = seen().contains(new Seen(command.id(), command.content()));
            return Optional.of(
                    same ? this : answered(command, Outcome.REJECTED, "this id was used for another command", now));
        }
        if (!now.isBefore(command.goodUntil())) {
            return Optional.of(with(command).answered(command, Outcome.EXPIRED, "it came too late", now));
        }
        return Optional.empty();
    }

    /** The command is taken in; from now on its id is known. */
    public Docket with(Command<?> command) {
        if (!command.hasId()) {
            return this;
        }
        List<Seen> now = new ArrayList<>(seen());
        now.add(new Seen(command.id(), command.content()));
        return new Docket(Known.of(now), owed, count);
    }

    public Docket answered(Command<?> command, Outcome outcome, String because, Instant now) {
        return answered(command.name(), command.id(), outcome, because, now);
    }

    public Docket answered(String command, String id, Outcome outcome, String because, Instant now) {
        Announce<Result> answer = new Announce<>(
                "result-" + count, Result.TOPIC, new Result(command, id, outcome, because), now.plus(Command.LIFETIME));
        return new Docket(known, Stream.concat(owed.stream(), Stream.of(answer)).toList(), count + 1);
    }

    /** An announcement is over; nothing happens if it was not one of these. */
    public Docket settled(String announcement) {
        return new Docket(
                known,
                owed.stream()
                        .filter(answer -> !answer.id().equals(announcement))
                        .toList(),
                count);
    }
}
