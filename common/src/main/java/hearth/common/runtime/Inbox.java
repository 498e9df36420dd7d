package hearth.common.runtime;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The queue of inputs from other threads to the loop, in order of arrival. It is bounded: it keeps only the latest
 * reading or state of each source, and at most 64 commands.
 */
final class Inbox<I> {

    /** If too many commands arrive, the oldest is dropped, because the newest is what the sender wants now. */
    private static final int MAX_COMMANDS = 64;

    private final Map<Object, I> waiting = new LinkedHashMap<>();
    private int commands;
    private long number;
    private long droppedCommands;

    /** Replaces an input of the same source that still waits. */
    synchronized void putLatest(Object source, I input) {
        waiting.put(source, input);
        notifyAll();
    }

    /** Reports are always accepted: the loop's own effects limit their number. */
    synchronized void putReport(I input) {
        waiting.put(new ReportKey(number++), input);
        notifyAll();
    }

    synchronized void putCommand(I input) {
        if (commands == MAX_COMMANDS) {
            waiting.keySet().remove(oldestCommand());
            droppedCommands++;
        } else {
            commands++;
        }
        waiting.put(new CommandKey(number++), input);
        notifyAll();
    }

    /** Takes the next input, if there is one. @param commandsToo false to skip commands */
    synchronized Optional<I> poll(boolean commandsToo) {
        Iterator<Map.Entry<Object, I>> entries = waiting.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Object, I> entry = entries.next();
            boolean command = entry.getKey() instanceof CommandKey;
            if (commandsToo || !command) {
                entries.remove();
                commands -= command ? 1 : 0;
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** Waits for the next input, at most for the timeout in real time. */
    synchronized Optional<I> await(boolean commandsToo, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<I> input = poll(commandsToo);
            long nanos = deadline - System.nanoTime();
            if (input.isPresent() || nanos <= 0) {
                return input;
            }
            wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }

    synchronized boolean isEmpty(boolean commandsToo) {
        return commandsToo ? waiting.isEmpty() : waiting.size() == commands;
    }

    /** Number of commands dropped in favour of newer ones, since the start. */
    synchronized long droppedCommands() {
        return droppedCommands;
    }

    private Object oldestCommand() {
        return waiting.keySet().stream()
                .filter(CommandKey.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private record CommandKey(long number) {}

    private record ReportKey(long number) {}
}
