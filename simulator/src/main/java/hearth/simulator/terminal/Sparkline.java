package hearth.simulator.terminal;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** A chart of the latest values in one row of blocks. The style of a block shows, for example, heating. */
public final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private record SparklineCell(LocalDateTime begin, double value, TextStyle style) {}

    private final Duration width;
    private final int maxCells;
    private final double minRange;
    private final Deque<SparklineCell> cells = new ArrayDeque<>();

    /**
     * @param width    the time that one block covers
     * @param maxCells the number of blocks
     * @param minRange the least range from the lowest block to the highest, so that small changes look small
     */
    public Sparkline(Duration width, int maxCells, double minRange) {
        this.width = width;
        this.maxCells = maxCells;
        this.minRange = minRange;
    }

    /** A block shows its latest value; {@link TextStyle#PLAIN} does not replace an earlier style of the block. */
    public void add(LocalDateTime at, double value, TextStyle style) {
        SparklineCell last = cells.peekLast();
        if (last != null && at.isBefore(last.begin().plus(width))) {
            cells.removeLast();
            cells.addLast(new SparklineCell(last.begin(), value, style == TextStyle.PLAIN ? last.style() : style));
            return;
        }
        cells.addLast(new SparklineCell(at, value, style));
        if (cells.size() > maxCells) {
            cells.removeFirst();
        }
    }

    /** The blocks so far; empty without a value. */
    public String render(Terminal terminal) {
        double lowest = cells.stream().mapToDouble(SparklineCell::value).min().orElse(0);
        double highest = cells.stream().mapToDouble(SparklineCell::value).max().orElse(0);
        double range = Math.max(minRange, highest - lowest);
        double floor = (lowest + highest - range) / 2;
        StringBuilder row = new StringBuilder();
        for (SparklineCell cell : cells) {
            int height = (int) Math.min(BLOCKS.length() - 1.0, (cell.value() - floor) / range * BLOCKS.length());
            row.append(terminal.styled(cell.style(), BLOCKS.substring(height, height + 1)));
        }
        return row.toString();
    }
}
