package hearth.thermostat;

import hearth.common.message.FaultCode;
import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides for the two relays. Heating and cooling obey the same rules in a mirror; strongest first:
 *
 * <ol>
 *   <li>No relay, no run.
 *   <li>A latched fault: off.
 *   <li>No fresh reading, or one that no room can have: off.
 *   <li>At the absolute maximum no heat, at the absolute minimum no cooling.
 *   <li>A mode that does not allow it: off; frost protection heats in any mode.
 *   <li>On for {@code max-on}: off, and ten minutes' rest. Half an hour's heat without effect: off, and as much rest.
 *   <li>Running: on until the target is reached, and at least for {@code min-on}.
 *   <li>Not wanted, or the other side runs: off.
 *   <li>Resting: off.
 *   <li>A lone outlier asks for it: off until the next reading agrees.
 *   <li>Otherwise: on.
 * </ol>
 *
 * <p>Thresholds are inclusive: at or below 18 °C it heats until 20 or more.
 */
final class Airco {

    private static final String TARGET_REACHED = "target-reached";
    private static final Duration REST_AFTER_MAX_ON = Duration.ofMinutes(10);
    private static final Duration SILENT_FOR = Duration.ofMinutes(5);
    private static final double FROST_BAND_K = 1.0;
    private static final double ROUNDING_K = 1e-9;

    private final AircoSettings settings;

    Airco(AircoSettings settings) {
        this.settings = settings;
    }

    /**
     * What a side should do.
     *
     * @param wanted whether the room asks for it, allowed or not
     * @param until  when that will be over; {@link Instant#MAX} if nobody can know
     * @param rest   if it goes off, how long it rests at least, beyond {@code min-off}
     */
    private record Verdict(boolean on, boolean wanted, String because, Instant until, Duration rest) {

        static Verdict on(String because, Instant until) {
            return new Verdict(true, true, because, until, Duration.ZERO);
        }

        /** The room asks for it no more, and it runs on. */
        static Verdict held(String because, Instant until) {
            return new Verdict(true, false, because, until, Duration.ZERO);
        }

        static Verdict off(String because) {
            return new Verdict(false, false, because, Instant.MAX, Duration.ZERO);
        }

        static Verdict waiting(String because, Instant until) {
            return new Verdict(false, true, because, until, Duration.ZERO);
        }

        static Verdict exhausted(String because, Duration rest) {
            return new Verdict(false, true, because, Instant.MAX, rest);
        }
    }

    AircoState atBoot(Instant now, Celsius target, Mode mode, Preset preset, boolean latched) {
        Outputs outputs = new Outputs(
                Output.atBoot(now, minOff(Side.HEAT), settings.deadTime()),
                Output.atBoot(now, minOff(Side.COOL), settings.deadTime()));
        Reason reason = new Reason(Action.IDLE, Action.IDLE, "boot", Instant.MAX, now);
        Instant blindUntil = now.plus(settings.staleAfter());
        return new AircoState(
                target, mode, preset, Map.of(), outputs, Effort.none(latched), Doubts.NONE, reason, blindUntil);
    }

    /** A sensor has said something. What is older than what is known is passed over. */
    AircoState heard(AircoState state, String name, Celsius temperature, boolean plausible, Instant measuredAt) {
        Source before = state.sources().get(name);
        Source after = before == null
                ? Source.first(temperature, plausible, measuredAt)
                : after(before, name, temperature, plausible, measuredAt);
        AircoState known = state.with(name, after);
        boolean news = before == null || !after.newest().equals(before.newest());
        return news ? known.withDoubts(known.doubts().news(name, measuredAt)) : known;
    }

    private Source after(Source before, String name, Celsius temperature, boolean plausible, Instant measuredAt) {
        if (!isFresh(before, measuredAt)) {
            return Source.first(temperature, plausible, measuredAt);
        }
        if (measuredAt.isBefore(before.measuredAt())) {
            return before;
        }
        boolean copy = plausible
                && !name.equals(AircoSettings.LOCAL)
                && measuredAt.isBefore(before.measuredAt().plus(Source.COPIES_WITHIN));
        return copy ? before.copied(temperature) : before.then(temperature, plausible, measuredAt);
    }

    /** A relay did not switch on, whatever was decided. */
    AircoState failed(AircoState state, Side side, Instant now) {
        Output other = state.output(side.other()).keptApart(now.plus(settings.deadTime()));
        AircoState off =
                state.with(side, state.output(side).failing(now, minOff(side))).with(side.other(), other);
        return side == Side.HEAT ? off.withEffort(off.effort().ended(false, now)) : off;
    }

    /** What both relays should do now, as part of the state. */
    AircoState decided(AircoState before, Instant now) {
        Optional<Room> room = room(before, now);
        AircoState state = judged(before, room, now);
        for (Side side : Side.values()) {
            state = switched(state, side, verdict(side, state, room, now), room, now);
        }
        state = state.withDoubts(state.doubts().after(before, state, room, now));
        return state.withReason(reason(state, room, now).after(before.reason()));
    }

    /** Each moment at which something may change by itself. */
    List<Instant> deadlines(AircoState state) {
        List<Instant> deadlines = new ArrayList<>();
        state.sources()
                .values()
                .forEach(source -> deadlines.add(source.measuredAt().plus(settings.staleAfter())));
        settings.sources().forEach(name -> deadlines.add(silentAt(state, name)));
        deadlines.add(state.blindUntil());
        deadlines.add(state.effort().judgeAt());
        deadlines.add(state.effort().restUntil());
        state.doubts().deadlines().forEach(deadlines::add);
        for (Side side : Side.values()) {
            RelaySettings relay = settings.relays().get(side);
            if (relay != null) {
                Output output = state.output(side);
                deadlines.add(output.restUntil());
                deadlines.add(output.since().plus(relay.minOn()));
                deadlines.add(output.since().plus(relay.maxOn()));
                deadlines.add(output.since().plus(Output.WORKS));
                deadlines.add(output.failedUntil());
            }
        }
        return deadlines;
    }

    /** What is wrong, the strongest first. */
    List<FaultCode> faults(AircoState state, Instant now) {
        List<FaultCode> faults = new ArrayList<>();
        if (state.effort().latched()) {
            faults.add(AircoFaults.LATCHED);
        }
        for (Side side : Side.values()) {
            if (state.output(side).failedLately(now)) {
                faults.add(AircoFaults.relay(side));
            }
        }
        Optional<Room> room = room(state, now);
        if (room.isPresent() && !room.get().plausible()) {
            faults.add(SensorState.IMPLAUSIBLE);
        }
        if (!now.isBefore(state.blindUntil()) && room.isEmpty()) {
            faults.add(AircoFaults.NO_READING);
        }
        if (now.isBefore(state.effort().restUntil())) {
            faults.add(AircoFaults.NO_RESPONSE);
        }
        if (state.doubts().afterglow().rising()) {
            faults.add(AircoFaults.STILL_RISING);
        }
        if (isOneStuck(state, now)) {
            faults.add(AircoFaults.STUCK);
        }
        if (settings.sources().stream().anyMatch(name -> !now.isBefore(silentAt(state, name)))) {
            faults.add(AircoFaults.SOURCE_SILENT);
        }
        return faults;
    }

    Action action(AircoState state) {
        for (Side side : Side.values()) {
            if (state.isOn(side)) {
                return side.action();
            }
        }
        return state.mode() == Mode.OFF ? Action.OFF : Action.IDLE;
    }

    /** Others may do without it meanwhile; it is news when it stays away. */
    private Instant silentAt(AircoState state, String name) {
        Source source = state.sources().get(name);
        Instant staleAt =
                source == null ? state.blindUntil() : source.measuredAt().plus(settings.staleAfter());
        return staleAt.plus(SILENT_FOR);
    }

    private Optional<Room> room(AircoState state, Instant now) {
        return Room.of(fresh(state, now), settings.combine());
    }

    private List<Source> fresh(AircoState state, Instant now) {
        List<Source> fresh = new ArrayList<>();
        for (String name : settings.sources()) {
            Source source = state.sources().get(name);
            if (source != null && isFresh(source, now)) {
                fresh.add(source);
            }
        }
        return fresh;
    }

    private boolean isFresh(Source source, Instant now) {
        return now.isBefore(source.measuredAt().plus(settings.staleAfter()));
    }

    /** One that says nothing at all has another fault. */
    private boolean isOneStuck(AircoState state, Instant now) {
        Stillness stillness = state.doubts().stillness();
        return state.sources().entrySet().stream()
                .anyMatch(one -> isFresh(one.getValue(), now) && stillness.isStuck(one.getKey(), now));
    }

    private AircoState judged(AircoState state, Optional<Room> room, Instant now) {
        return state.effort().isDue(now) && room.isPresent()
                ? state.withEffort(state.effort().judged(room.get().forHeating(), now))
                : state;
    }

    private Verdict verdict(Side side, AircoState state, Optional<Room> seen, Instant now) {
        RelaySettings relay = settings.relays().get(side);
        if (relay == null) {
            return Verdict.off("no-relay");
        }
        if (state.effort().latched()) {
            return Verdict.off("latched");
        }
        if (seen.isEmpty()) {
            return Verdict.off("no-reading");
        }
        Room room = seen.get();
        if (!room.plausible()) {
            return Verdict.off("implausible");
        }
        if (side == Side.HEAT
                ? room.hottest().isAtLeast(settings.absoluteMax())
                : room.coldest().isAtMost(settings.absoluteMin())) {
            return Verdict.off(side == Side.HEAT ? "absolute-max" : "absolute-min");
        }
        Output output = state.output(side);
        boolean frost = isFrost(room, state);
        if (frost && side == Side.COOL) {
            return Verdict.off("frost");
        }
        if (!state.mode().allows(side) && !frost) {
            return Verdict.off("mode");
        }
        Instant maxOn = output.since().plus(relay.maxOn());
        if (output.on() && !now.isBefore(maxOn)) {
            return Verdict.exhausted("max-on", REST_AFTER_MAX_ON);
        }
        if (side == Side.HEAT && now.isBefore(state.effort().restUntil())) {
            return output.on()
                    ? Verdict.exhausted(
                            "no-response", Duration.between(now, state.effort().restUntil()))
                    : Verdict.waiting("no-response", state.effort().restUntil());
        }
        boolean wanted = frost || isWanted(side, state, room, output.on());
        String why = frost ? "frost" : "to-target";
        Instant minOn = output.since().plus(relay.minOn());
        if (output.on()) {
            return wanted
                    ? Verdict.on(why, maxOn)
                    : now.isBefore(minOn) ? Verdict.held("min-on", minOn) : Verdict.off(TARGET_REACHED);
        }
        if (!wanted) {
            return Verdict.off("in-band");
        }
        if (state.isOn(side.other())) {
            return Verdict.waiting("other-side-runs", Instant.MAX);
        }
        if (now.isBefore(output.restUntil())) {
            return Verdict.waiting(output.restWhy(), output.restUntil());
        }
        return room.agreed() ? Verdict.on(why, now.plus(relay.maxOn())) : Verdict.waiting("unconfirmed", Instant.MAX);
    }

    private boolean isFrost(Room room, AircoState state) {
        if (!settings.has(Side.HEAT)) {
            return false;
        }
        double deficit = Side.HEAT.deficitK(room.forHeating(), settings.frost());
        return state.isOn(Side.HEAT) ? !reaches(-deficit, FROST_BAND_K) : reaches(deficit, 0);
    }

    private boolean isWanted(Side side, AircoState state, Room room, boolean running) {
        double deficit = side.deficitK(room.reckonedBy(side), wantedTemperature(side, state));
        return running ? !reaches(-deficit, 0) : reaches(deficit, settings.bandK(side));
    }

    /** With nobody at home less is asked of either side. */
    private Celsius wantedTemperature(Side side, AircoState state) {
        return state.preset() == Preset.AWAY ? side.further(state.target(), -settings.awayShiftK()) : state.target();
    }

    private AircoState switched(AircoState state, Side side, Verdict verdict, Optional<Room> room, Instant now) {
        Output output = state.output(side);
        if (verdict.on == output.on()) {
            return state;
        }
        if (verdict.on) {
            AircoState on = state.with(side, output.switchedOn(now));
            return side == Side.HEAT
                    ? on.withEffort(on.effort().begun(room.orElseThrow().forHeating(), now))
                    : on;
        }
        Output other = state.output(side.other());
        AircoState off = state.with(side, rested(output, side, verdict, now))
                .with(side.other(), other.keptApart(now.plus(settings.deadTime())));
        if (side == Side.COOL) {
            return off;
        }
        boolean warmed = room.isPresent() && off.effort().hasWarmed(room.get().forHeating());
        return off.withEffort(off.effort().ended(warmed || verdict.because.equals(TARGET_REACHED), now));
    }

    private Output rested(Output output, Side side, Verdict verdict, Instant now) {
        return output.switchedOff(now, minOff(side)).resting(now.plus(verdict.rest), verdict.because);
    }

    /** Of what runs, else of what would like to, else of why nothing needs to. Told of the state after switching. */
    private Reason reason(AircoState state, Optional<Room> room, Instant now) {
        Verdict heat = verdict(Side.HEAT, state, room, now);
        Verdict cool = verdict(Side.COOL, state, room, now);
        Action want = heat.wanted ? Action.HEATING : cool.wanted ? Action.COOLING : Action.IDLE;
        boolean coolsAtMost = !settings.has(Side.HEAT) || state.mode() == Mode.COOL;
        boolean aboutCooling = cool.on || (!heat.on && !heat.wanted && (cool.wanted || coolsAtMost));
        Verdict verdict = aboutCooling ? cool : heat;
        return new Reason(want, action(state), verdict.because, verdict.until, now);
    }

    private Duration minOff(Side side) {
        RelaySettings relay = settings.relays().get(side);
        return relay == null ? Duration.ZERO : relay.minOff();
    }

    /** Thresholds meet exactly, and doubles do not: 20.0 − 19.8 is a little less than 0.2. */
    static boolean reaches(double kelvin, double threshold) {
        return kelvin >= threshold - ROUNDING_K;
    }
}
