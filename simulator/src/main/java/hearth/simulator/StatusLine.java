package hearth.simulator;

import hearth.simulator.terminal.Ink;
import hearth.simulator.terminal.Sparkline;
import hearth.simulator.terminal.Terminal;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.StringJoiner;

/** The house in one line: the time, the room and its last three hours, and what goes on. */
final class StatusLine {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final int CELLS = 30;
    private static final double LEAST_RANGE_K = 2;

    private final Terminal terminal;
    private final Sparkline room = new Sparkline(Duration.ofMinutes(6), CELLS, LEAST_RANGE_K);

    StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    String of(Sight now) {
        double roomC = now.roomC().orElse(now.feltC());
        room.add(now.time(), roomC, ink(now));
        StringJoiner line = new StringJoiner("  ");
        line.add(terminal.painted(Ink.ROUTINE, HOUR.format(now.time())));
        line.add(Narrator.degrees(roomC));
        line.add(room.drawn(terminal));
        if (ink(now) != Ink.PLAIN) {
            line.add(terminal.painted(ink(now), now.heating() ? "heating" : "cooling"));
        }
        if (now.brewing() || now.cupReady()) {
            line.add(terminal.painted(Ink.COFFEE, now.cupReady() ? "coffee ready" : "coffee brewing"));
        }
        line.add(terminal.painted(Ink.ROUTINE, "outside " + Narrator.degrees(now.outsideC())));
        if (now.carHome()) {
            line.add(terminal.painted(Ink.ROUTINE, "car home"));
        } else if (now.number("car/distance").isPresent()) {
            line.add(terminal.painted(Ink.ROUTINE, "car " + now.heard("car/distance") + " km"));
        }
        return line.toString();
    }

    private static Ink ink(Sight now) {
        return now.heating() ? Ink.HEATING : now.cooling() ? Ink.COOLING : Ink.PLAIN;
    }
}
