package hearth.simulator.terminal;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last hours of a quantity in one row of blocks, each in the colour of what went on. */
public final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private record Cell(LocalDateTime begin, double value, Ink ink) {}

    private final Duration width;
    private final int most;
    private final double leastRange;
    private final Deque<Cell> cells = new ArrayDeque<>();

    /**
     * @param width      of a block
     * @param most       blocks
     * @param leastRange from the lowest block to the highest, so that calm looks calm
     */
    public Sparkline(Duration width, int most, double leastRange) {
        this.width = width;
        this.most = most;
        this.leastRange = leastRange;
    }

    /** The latest of a block counts; {@link Ink#PLAIN} does not wash out a colour it had. */
    public void add(LocalDateTime at, double value, Ink ink) {
        Cell last = cells.peekLast();
        if (last != null && at.isBefore(last.begin().plus(width))) {
            cells.removeLast();
            cells.addLast(new Cell(last.begin(), value, ink == Ink.PLAIN ? last.ink() : ink));
            return;
        }
        cells.addLast(new Cell(at, value, ink));
        if (cells.size() > most) {
            cells.removeFirst();
        }
    }

    /** As many blocks as there are. */
    public String drawn(Terminal terminal) {
        double lowest = cells.stream().mapToDouble(Cell::value).min().orElse(0);
        double highest = cells.stream().mapToDouble(Cell::value).max().orElse(0);
        double range = Math.max(leastRange, highest - lowest);
        double floor = (lowest + highest - range) / 2;
        StringBuilder row = new StringBuilder();
        for (Cell cell : cells) {
            int height = (int) Math.min(BLOCKS.length() - 1.0, (cell.value() - floor) / range * BLOCKS.length());
            row.append(terminal.painted(cell.ink(), BLOCKS.substring(height, height + 1)));
        }
        return row.toString();
    }
}
