package hearth.simulator;

import hearth.simulator.terminal.Sparkline;
import hearth.simulator.terminal.Terminal;
import hearth.simulator.terminal.TextStyle;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.StringJoiner;

/** The state of the house in one line: time, room temperature with a chart of three hours, heating, coffee, car. */
final class StatusLine {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final int CELLS = 30;
    private static final double MIN_RANGE_K = 2;

    private final Terminal terminal;
    private final Sparkline room = new Sparkline(Duration.ofMinutes(6), CELLS, MIN_RANGE_K);

    StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    String render(HouseSnapshot now) {
        double roomC = now.roomC().orElse(now.sensorC());
        room.add(now.time(), roomC, style(now));
        StringJoiner line = new StringJoiner("  ");
        line.add(terminal.styled(TextStyle.ROUTINE, HOUR.format(now.time())));
        line.add(StoryPrinter.degrees(roomC));
        line.add(room.render(terminal));
        if (style(now) != TextStyle.PLAIN) {
            line.add(terminal.styled(style(now), now.heating() ? "heating" : "cooling"));
        }
        if (now.brewing() || now.cupReady()) {
            line.add(terminal.styled(TextStyle.COFFEE, now.cupReady() ? "coffee ready" : "coffee brewing"));
        }
        line.add(terminal.styled(TextStyle.ROUTINE, "outside " + StoryPrinter.degrees(now.outsideC())));
        if (now.carHome()) {
            line.add(terminal.styled(TextStyle.ROUTINE, "car home"));
        } else if (now.parsed("car/distance").isPresent()) {
            line.add(terminal.styled(TextStyle.ROUTINE, "car " + now.latest("car/distance") + " km"));
        }
        return line.toString();
    }

    private static TextStyle style(HouseSnapshot now) {
        return now.heating() ? TextStyle.HEATING : now.cooling() ? TextStyle.COOLING : TextStyle.PLAIN;
    }
}
