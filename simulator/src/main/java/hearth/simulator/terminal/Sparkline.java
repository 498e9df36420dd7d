package hearth.simulator.terminal;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last hours of a quantity in one row of blocks, each in the colour of what went on. */
public final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private record SparklineCell(LocalDateTime begin, double value, TextStyle style) {}

    private final Duration width;
    private final int maxCells;
    private final double minRange;
    private final Deque<SparklineCell> cells = new ArrayDeque<>();

    /**
     * @param width      of a block
     * @param most       blocks
     * @param leastRange from the lowest block to the highest, so that calm looks calm
     */
    public Sparkline(Duration width, int most, double leastRange) {
        this.width = width;
        this.maxCells = most;
        this.minRange = leastRange;
    }

    /** The latest of a block counts; {@link TextStyle#PLAIN} does not wash out a colour it had. */
    public void add(LocalDateTime at, double value, TextStyle ink) {
        SparklineCell last = cells.peekLast();
        if (last != null && at.isBefore(last.begin().plus(width))) {
            cells.removeLast();
            cells.addLast(new SparklineCell(last.begin(), value, ink == TextStyle.PLAIN ? last.style() : ink));
            return;
        }
        cells.addLast(new SparklineCell(at, value, ink));
        if (cells.size() > maxCells) {
            cells.removeFirst();
        }
    }

    /** As many blocks as there are. */
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
