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
final class ClimateControl {

    private static final String TARGET_REACHED = "target-reached";
    private static final Duration PAUSE_AFTER_MAX_ON = Duration.ofMinutes(10);
    private static final Duration SILENT_FOR = Duration.ofMinutes(5);
    private static final double FROST_BAND_K = 1.0;
    private static final double ROUNDING_K = 1e-9;

    private final ClimateSettings settings;

    ClimateControl(ClimateSettings settings) {
        this.settings = settings;
    }

    /**
     * What a side should do.
     *
     * @param wanted whether the room asks for it, allowed or not
     * @param until  when that will be over; {@link Instant#MAX} if nobody can know
     * @param pause   if it goes off, how long it rests at least, beyond {@code min-off}
     */
    private record Verdict(boolean on, boolean wanted, String because, Instant until, Duration pause) {

        static Verdict on(String because, Instant until) {
            return new Verdict(true, true, because, until, Duration.ZERO);
        }

        /** The room asks for it no more, and it runs on. */
        static Verdict minimumOn(String because, Instant until) {
            return new Verdict(true, false, because, until, Duration.ZERO);
        }

        static Verdict off(String because) {
            return new Verdict(false, false, because, Instant.MAX, Duration.ZERO);
        }

        static Verdict waiting(String because, Instant until) {
            return new Verdict(false, true, because, until, Duration.ZERO);
        }

        static Verdict limitReached(String because, Duration rest) {
            return new Verdict(false, true, because, Instant.MAX, rest);
        }
    }

    ClimateState atBoot(Instant now, Celsius target, Mode mode, Preset preset, boolean latched) {
        Outputs outputs = new Outputs(
                Output.atBoot(now, minOff(HeatOrCool.HEAT), settings.deadTime()),
                Output.atBoot(now, minOff(HeatOrCool.COOL), settings.deadTime()));
        Reason reason = new Reason(Action.IDLE, Action.IDLE, "boot", Instant.MAX, now);
        Instant blindUntil = now.plus(settings.staleAfter());
        return new ClimateState(
                target,
                mode,
                preset,
                Map.of(),
                outputs,
                HeatingResponse.initial(latched),
                Warnings.NONE,
                reason,
                blindUntil);
    }

    /** A sensor has said something. What is older than what is known is passed over. */
    ClimateState withReading(
            ClimateState state, String name, Celsius temperature, boolean plausible, Instant measuredAt) {
        SourceReading before = state.sources().get(name);
        SourceReading after = before == null
                ? SourceReading.first(temperature, plausible, measuredAt)
                : updatedSource(before, name, temperature, plausible, measuredAt);
        ClimateState known = state.with(name, after);
        boolean news = before == null || !after.newest().equals(before.newest());
        return news ? known.withWarnings(known.warnings().valueChanged(name, measuredAt)) : known;
    }

    private SourceReading updatedSource(
            SourceReading before, String name, Celsius temperature, boolean plausible, Instant measuredAt) {
        if (!isFresh(before, measuredAt)) {
            return SourceReading.first(temperature, plausible, measuredAt);
        }
        if (measuredAt.isBefore(before.measuredAt())) {
            return before;
        }
        boolean copy = plausible
                && !name.equals(ClimateSettings.LOCAL)
                && measuredAt.isBefore(before.measuredAt().plus(SourceReading.COPY_WINDOW));
        return copy ? before.withCopy(temperature) : before.next(temperature, plausible, measuredAt);
    }

    /** A relay did not switch on, whatever was decided. */
    ClimateState relayFailed(ClimateState state, HeatOrCool side, Instant now) {
        Output other = state.output(side.other()).withDeadTime(now.plus(settings.deadTime()));
        ClimateState off = state.with(side, state.output(side).withFailure(now, minOff(side)))
                .with(side.other(), other);
        return side == HeatOrCool.HEAT
                ? off.withHeatingResponse(off.heatingResponse().ended(false, now))
                : off;
    }

    /** What both relays should do now, as part of the state. */
    ClimateState updated(ClimateState before, Instant now) {
        Optional<RoomTemperature> room = roomTemperature(before, now);
        ClimateState state = afterResponseCheck(before, room, now);
        for (HeatOrCool side : HeatOrCool.values()) {
            state = switched(state, side, verdict(side, state, room, now), room, now);
        }
        state = state.withWarnings(state.warnings().updated(before, state, room, now));
        return state.withReason(reason(state, room, now).withSinceOf(before.reason()));
    }

    /** Each moment at which something may change by itself. */
    List<Instant> deadlines(ClimateState state) {
        List<Instant> deadlines = new ArrayList<>();
        state.sources()
                .values()
                .forEach(source -> deadlines.add(source.measuredAt().plus(settings.staleAfter())));
        settings.sources().forEach(name -> deadlines.add(silentAt(state, name)));
        deadlines.add(state.bootGraceUntil());
        deadlines.add(state.heatingResponse().checkAt());
        deadlines.add(state.heatingResponse().pauseUntil());
        state.warnings().deadlines().forEach(deadlines::add);
        for (HeatOrCool side : HeatOrCool.values()) {
            RelaySettings relay = settings.relays().get(side);
            if (relay != null) {
                Output output = state.output(side);
                deadlines.add(output.pauseUntil());
                deadlines.add(output.since().plus(relay.minOn()));
                deadlines.add(output.since().plus(relay.maxOn()));
                deadlines.add(output.since().plus(Output.FAULT_CLEARS_AFTER));
                deadlines.add(output.failedUntil());
            }
        }
        return deadlines;
    }

    /** What is wrong, the strongest first. */
    List<FaultCode> faults(ClimateState state, Instant now) {
        List<FaultCode> faults = new ArrayList<>();
        if (state.heatingResponse().latched()) {
            faults.add(ClimateFaults.LATCHED);
        }
        for (HeatOrCool side : HeatOrCool.values()) {
            if (state.output(side).hasFailedRecently(now)) {
                faults.add(ClimateFaults.relay(side));
            }
        }
        Optional<RoomTemperature> room = roomTemperature(state, now);
        if (room.isPresent() && !room.get().plausible()) {
            faults.add(SensorState.IMPLAUSIBLE);
        }
        if (!now.isBefore(state.bootGraceUntil()) && room.isEmpty()) {
            faults.add(ClimateFaults.NO_READING);
        }
        if (now.isBefore(state.heatingResponse().pauseUntil())) {
            faults.add(ClimateFaults.NO_RESPONSE);
        }
        if (state.warnings().runaway().stillRising()) {
            faults.add(ClimateFaults.STILL_RISING);
        }
        if (isAnySensorStuck(state, now)) {
            faults.add(ClimateFaults.STUCK);
        }
        if (settings.sources().stream().anyMatch(name -> !now.isBefore(silentAt(state, name)))) {
            faults.add(ClimateFaults.SOURCE_SILENT);
        }
        return faults;
    }

    Action action(ClimateState state) {
        for (HeatOrCool side : HeatOrCool.values()) {
            if (state.isOn(side)) {
                return side.action();
            }
        }
        return state.mode() == Mode.OFF ? Action.OFF : Action.IDLE;
    }

    /** Others may do without it meanwhile; it is news when it stays away. */
    private Instant silentAt(ClimateState state, String name) {
        SourceReading source = state.sources().get(name);
        Instant staleAt =
                source == null ? state.bootGraceUntil() : source.measuredAt().plus(settings.staleAfter());
        return staleAt.plus(SILENT_FOR);
    }

    private Optional<RoomTemperature> roomTemperature(ClimateState state, Instant now) {
        return RoomTemperature.of(freshReadings(state, now), settings.combine());
    }

    private List<SourceReading> freshReadings(ClimateState state, Instant now) {
        List<SourceReading> fresh = new ArrayList<>();
        for (String name : settings.sources()) {
            SourceReading source = state.sources().get(name);
            if (source != null && isFresh(source, now)) {
                fresh.add(source);
            }
        }
        return fresh;
    }

    private boolean isFresh(SourceReading source, Instant now) {
        return now.isBefore(source.measuredAt().plus(settings.staleAfter()));
    }

    /** One that says nothing at all has another fault. */
    private boolean isAnySensorStuck(ClimateState state, Instant now) {
        StuckSensorMonitor stillness = state.warnings().stuckSensor();
        return state.sources().entrySet().stream()
                .anyMatch(one -> isFresh(one.getValue(), now) && stillness.isStuck(one.getKey(), now));
    }

    private ClimateState afterResponseCheck(ClimateState state, Optional<RoomTemperature> room, Instant now) {
        return state.heatingResponse().isCheckDue(now) && room.isPresent()
                ? state.withHeatingResponse(
                        state.heatingResponse().checked(room.get().warmestLikely(), now))
                : state;
    }

    private Verdict verdict(HeatOrCool side, ClimateState state, Optional<RoomTemperature> seen, Instant now) {
        RelaySettings relay = settings.relays().get(side);
        if (relay == null) {
            return Verdict.off("no-relay");
        }
        if (state.heatingResponse().latched()) {
            return Verdict.off("latched");
        }
        if (seen.isEmpty()) {
            return Verdict.off("no-reading");
        }
        RoomTemperature room = seen.get();
        if (!room.plausible()) {
            return Verdict.off("implausible");
        }
        if (side == HeatOrCool.HEAT
                ? room.hottest().isAtLeast(settings.absoluteMax())
                : room.coldest().isAtMost(settings.absoluteMin())) {
            return Verdict.off(side == HeatOrCool.HEAT ? "absolute-max" : "absolute-min");
        }
        Output output = state.output(side);
        boolean frost = isFrost(room, state);
        if (frost && side == HeatOrCool.COOL) {
            return Verdict.off("frost");
        }
        if (!state.mode().allows(side) && !frost) {
            return Verdict.off("mode");
        }
        Instant maxOn = output.since().plus(relay.maxOn());
        if (output.on() && !now.isBefore(maxOn)) {
            return Verdict.limitReached("max-on", PAUSE_AFTER_MAX_ON);
        }
        if (side == HeatOrCool.HEAT && now.isBefore(state.heatingResponse().pauseUntil())) {
            return output.on()
                    ? Verdict.limitReached(
                            "no-response",
                            Duration.between(now, state.heatingResponse().pauseUntil()))
                    : Verdict.waiting("no-response", state.heatingResponse().pauseUntil());
        }
        boolean wanted = frost || isWanted(side, state, room, output.on());
        String why = frost ? "frost" : "to-target";
        Instant minOn = output.since().plus(relay.minOn());
        if (output.on()) {
            return wanted
                    ? Verdict.on(why, maxOn)
                    : now.isBefore(minOn) ? Verdict.minimumOn("min-on", minOn) : Verdict.off(TARGET_REACHED);
        }
        if (!wanted) {
            return Verdict.off("in-band");
        }
        if (state.isOn(side.other())) {
            return Verdict.waiting("other-side-runs", Instant.MAX);
        }
        if (now.isBefore(output.pauseUntil())) {
            return Verdict.waiting(output.pauseReason(), output.pauseUntil());
        }
        return room.agreed() ? Verdict.on(why, now.plus(relay.maxOn())) : Verdict.waiting("unconfirmed", Instant.MAX);
    }

    private boolean isFrost(RoomTemperature room, ClimateState state) {
        if (!settings.has(HeatOrCool.HEAT)) {
            return false;
        }
        double deficit = HeatOrCool.HEAT.deficitK(room.warmestLikely(), settings.frost());
        return state.isOn(HeatOrCool.HEAT) ? !reaches(-deficit, FROST_BAND_K) : reaches(deficit, 0);
    }

    private boolean isWanted(HeatOrCool side, ClimateState state, RoomTemperature room, boolean running) {
        double deficit = side.deficitK(room.temperatureFor(side), wantedTemperature(side, state));
        return running ? !reaches(-deficit, 0) : reaches(deficit, settings.bandK(side));
    }

    /** With nobody at home less is asked of either side. */
    private Celsius wantedTemperature(HeatOrCool side, ClimateState state) {
        return state.preset() == Preset.AWAY
                ? side.withMoreDemand(state.target(), -settings.awayShiftK())
                : state.target();
    }

    private ClimateState switched(
            ClimateState state, HeatOrCool side, Verdict verdict, Optional<RoomTemperature> room, Instant now) {
        Output output = state.output(side);
        if (verdict.on == output.on()) {
            return state;
        }
        if (verdict.on) {
            ClimateState on = state.with(side, output.switchedOn(now));
            return side == HeatOrCool.HEAT
                    ? on.withHeatingResponse(
                            on.heatingResponse().started(room.orElseThrow().warmestLikely(), now))
                    : on;
        }
        Output other = state.output(side.other());
        ClimateState off = state.with(side, withPause(output, side, verdict, now))
                .with(side.other(), other.withDeadTime(now.plus(settings.deadTime())));
        if (side == HeatOrCool.COOL) {
            return off;
        }
        boolean warmed =
                room.isPresent() && off.heatingResponse().hasWarmed(room.get().warmestLikely());
        return off.withHeatingResponse(
                off.heatingResponse().ended(warmed || verdict.because.equals(TARGET_REACHED), now));
    }

    private Output withPause(Output output, HeatOrCool side, Verdict verdict, Instant now) {
        return output.switchedOff(now, minOff(side)).withPause(now.plus(verdict.pause), verdict.because);
    }

    /** Of what runs, else of what would like to, else of why nothing needs to. Told of the state after switching. */
    private Reason reason(ClimateState state, Optional<RoomTemperature> room, Instant now) {
        Verdict heat = verdict(HeatOrCool.HEAT, state, room, now);
        Verdict cool = verdict(HeatOrCool.COOL, state, room, now);
        Action want = heat.wanted ? Action.HEATING : cool.wanted ? Action.COOLING : Action.IDLE;
        boolean coolsAtMost = !settings.has(HeatOrCool.HEAT) || state.mode() == Mode.COOL;
        boolean aboutCooling = cool.on || (!heat.on && !heat.wanted && (cool.wanted || coolsAtMost));
        Verdict verdict = aboutCooling ? cool : heat;
        return new Reason(want, action(state), verdict.because, verdict.until, now);
    }

    private Duration minOff(HeatOrCool side) {
        RelaySettings relay = settings.relays().get(side);
        return relay == null ? Duration.ZERO : relay.minOff();
    }

    /** Thresholds meet exactly, and doubles do not: 20.0 − 19.8 is a little less than 0.2. */
    static boolean reaches(double kelvin, double threshold) {
        return kelvin >= threshold - ROUNDING_K;
    }
}
