package hearth.common.runtime;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the other threads leave what happened for the loop to take, in order of arrival and bounded: of readings and
 * states only the latest of each source waits, of commands at most 64.
 */
final class Inbox<I> {

    /** When a flood comes the oldest command gives way: the newest is what somebody wants now. */
    private static final int MAX_COMMANDS = 64;

    private final Map<Object, I> waiting = new LinkedHashMap<>();
    private int commands;
    private long number;
    private long droppedCommands;

    /** The latest of one source takes the place of the one before, if that still waits. */
    synchronized void putLatest(Object source, I input) {
        waiting.put(source, input);
        notifyAll();
    }

    /** One of a kind that the loop's own effects bound: it always finds room. */
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

    /** Takes the next, if there is one. @param commandsToo false to leave commands where they are */
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

    /** Waits for the next, at most so long in real time. */
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

    /** Commands that gave way to newer ones, since the start. */
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
