package hearth.thermostat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What only worries: it is told and stops nothing. */
record Doubts(Stillness stillness, Afterglow afterglow) {

    static final Doubts NONE = new Doubts(Stillness.NONE, Afterglow.NONE);

    /** A sensor has said something else than before. */
    Doubts news(String source, Instant at) {
        return new Doubts(stillness.news(source, at), afterglow);
    }

    /** What the relays did before, what they do now. */
    Doubts after(AircoState before, AircoState state, Optional<Room> room, Instant now) {
        boolean heating = state.isOn(Side.HEAT);
        boolean cooling = state.isOn(Side.COOL);
        return new Doubts(stillness.running(heating || cooling, now), afterglow(before, state, room, now));
    }

    Stream<Instant> deadlines() {
        return Stream.concat(stillness.deadlines(), Stream.of(afterglow.deadline()));
    }

    private Afterglow afterglow(AircoState before, AircoState state, Optional<Room> seen, Instant now) {
        if (state.isOn(Side.HEAT)) {
            return Afterglow.NONE;
        }
        if (seen.isEmpty()) {
            return afterglow;
        }
        Room room = seen.get();
        boolean heated = before.isOn(Side.HEAT);
        boolean cooled = before.isOn(Side.COOL) && !state.isOn(Side.COOL);
        Afterglow known = heated ? Afterglow.begun(room, now) : cooled ? afterglow.cooled(room) : afterglow;
        return known.seen(room, state.target(), state.isOn(Side.COOL), now);
    }
}
