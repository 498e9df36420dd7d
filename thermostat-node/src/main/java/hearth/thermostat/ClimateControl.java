package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides for the heat output and the cool output. The same rules apply to both, mirrored. For every output, strongest
 * first:
 *
 * <ol>
 *   <li>No relay: off.
 *   <li>A latched fault: off.
 *   <li>No fresh reading, or an implausible one: off.
 *   <li>At the absolute maximum no heating, at the absolute minimum no cooling.
 *   <li>Frost: no cooling, and heating in every mode.
 *   <li>The mode does not allow it: off.
 * </ol>
 *
 * <p>For an output that is on:
 *
 * <ol>
 *   <li>On for {@code max-on}: off, with a pause of at least 10 minutes.
 *   <li>Half an hour of heating did not warm the room: off, with a pause of half an hour.
 *   <li>The target is not reached: on.
 *   <li>On for less than {@code min-on}: on.
 *   <li>Otherwise: off.
 * </ol>
 *
 * <p>For an output that is off, also if it has just gone off:
 *
 * <ol>
 *   <li>The pause after heating that did not warm the room: off.
 *   <li>The room temperature is within the band: off.
 *   <li>The other output is on: off.
 *   <li>A pause ({@code min-off}, dead time or longer): off.
 *   <li>Only one reading asks for it, an outlier: off until the next reading agrees.
 *   <li>Otherwise: on.
 * </ol>
 *
 * <p>Thresholds are inclusive: at or below 18 °C it heats until 20 °C or more. Outputs that are on are decided first, so
 * that a stop is known when the other output decides. The last verdict for each output is also the published reason.
 */
final class ClimateControl {

    private static final Duration PAUSE_AFTER_MAX_ON = Duration.ofMinutes(10);
    private static final double FROST_BAND_K = 1.0;

    private final ClimateSettings settings;

    ClimateControl(ClimateSettings settings) {
        this.settings = settings;
    }

    /** Both outputs and the reason as they are to be now. */
    ClimateState decided(ClimateState before, Instant now) {
        Optional<RoomTemperature> room = before.room(settings, now);
        ClimateState state = responseChecked(before, room, now);
        Map<HeatOrCool, Verdict> verdicts = new EnumMap<>(HeatOrCool.class);
        for (boolean on : new boolean[] {true, false}) { // Stops first: the other output may depend on them.
            for (HeatOrCool kind : HeatOrCool.values()) {
                if (state.isOn(kind) == on) {
                    Verdict verdict = verdict(kind, state, room, now);
                    verdicts.put(kind, verdict);
                    state = state.switched(kind, verdict, room, settings, now);
                }
            }
        }
        state = state.with(state.warnings().updated(before, state, room, now));
        return state.with(reason(verdicts, state, now).withSinceOf(before.reason()));
    }

    private static ClimateState responseChecked(ClimateState state, Optional<RoomTemperature> room, Instant now) {
        HeatingResponse response = state.heatingResponse();
        return response.isCheckDue(now) && room.isPresent()
                ? state.with(response.checked(room.get().warmestLikely(), now))
                : state;
    }

    private Verdict verdict(HeatOrCool kind, ClimateState state, Optional<RoomTemperature> seen, Instant now) {
        if (!settings.has(kind)) {
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
        if (kind == HeatOrCool.HEAT && room.hottest().isAtLeast(settings.absoluteMax())) {
            return Verdict.off("absolute-max");
        }
        if (kind == HeatOrCool.COOL && room.coldest().isAtMost(settings.absoluteMin())) {
            return Verdict.off("absolute-min");
        }
        boolean frost = isFrost(room, state.isOn(HeatOrCool.HEAT));
        if (kind == HeatOrCool.COOL && frost) {
            return Verdict.off("frost");
        }
        if (!frost && !state.goal().mode().allows(kind)) {
            return Verdict.off("mode");
        }
        boolean needed = frost || isNeeded(kind, state, room);
        return state.isOn(kind) ? whileOn(kind, state, room, needed, now) : whileOff(kind, state, room, needed, now);
    }

    private Verdict whileOn(HeatOrCool kind, ClimateState state, RoomTemperature room, boolean needed, Instant now) {
        Instant since = state.outputs().of(kind).since();
        Instant maxOnAt = since.plus(settings.relay(kind).maxOn());
        Instant minOnAt = since.plus(settings.relay(kind).minOn());
        if (!now.isBefore(maxOnAt)) {
            return Verdict.stop("max-on", PAUSE_AFTER_MAX_ON);
        }
        if (isUnresponsive(kind, state, now)) {
            return Verdict.stop(
                    "no-response", Duration.between(now, state.heatingResponse().pauseUntil()));
        }
        if (needed) {
            return Verdict.on(why(kind, room), maxOnAt);
        }
        return now.isBefore(minOnAt) ? Verdict.minimumOn(minOnAt) : Verdict.targetReached();
    }

    private Verdict whileOff(HeatOrCool kind, ClimateState state, RoomTemperature room, boolean needed, Instant now) {
        Output output = state.outputs().of(kind);
        if (isUnresponsive(kind, state, now)) {
            return Verdict.waiting("no-response", state.heatingResponse().pauseUntil());
        }
        if (!needed) {
            return Verdict.off("in-band");
        }
        if (state.isOn(kind.other())) {
            return Verdict.waiting("other-side-runs", Instant.MAX);
        }
        if (now.isBefore(output.pauseUntil())) {
            return Verdict.waiting(output.pauseReason(), output.pauseUntil());
        }
        return room.agreed()
                ? Verdict.on(why(kind, room), now.plus(settings.relay(kind).maxOn()))
                : Verdict.waiting("unconfirmed", Instant.MAX);
    }

    /** A heater that is on protects from frost until the room is {@link #FROST_BAND_K} warmer, whatever started it. */
    private String why(HeatOrCool kind, RoomTemperature room) {
        return kind == HeatOrCool.HEAT && isFrost(room, true) ? "frost" : "to-target";
    }

    private boolean isFrost(RoomTemperature room, boolean heating) {
        if (!settings.has(HeatOrCool.HEAT)) {
            return false;
        }
        double deficit = HeatOrCool.HEAT.deficitK(room.warmestLikely(), settings.frost());
        return heating ? !Kelvin.reaches(-deficit, FROST_BAND_K) : Kelvin.reaches(deficit, 0);
    }

    private boolean isNeeded(HeatOrCool kind, ClimateState state, RoomTemperature room) {
        Celsius target = state.goal().targetFor(kind, settings.awayShiftK());
        double deficit = kind.deficitK(room.temperatureFor(kind), target);
        return state.isOn(kind) ? !Kelvin.reaches(-deficit, 0) : Kelvin.reaches(deficit, settings.bandK(kind));
    }

    private static boolean isUnresponsive(HeatOrCool kind, ClimateState state, Instant now) {
        return kind == HeatOrCool.HEAT && now.isBefore(state.heatingResponse().pauseUntil());
    }

    /** The verdict for the output that is on, else for the one that is needed, else for heating where it is possible. */
    private Reason reason(Map<HeatOrCool, Verdict> verdicts, ClimateState state, Instant now) {
        Verdict heat = Objects.requireNonNull(verdicts.get(HeatOrCool.HEAT));
        Verdict cool = Objects.requireNonNull(verdicts.get(HeatOrCool.COOL));
        Action want = heat.wanted() ? Action.HEATING : cool.wanted() ? Action.COOLING : Action.IDLE;
        boolean onlyCools = !settings.has(HeatOrCool.HEAT) || state.goal().mode() == Mode.COOL;
        boolean aboutCooling = cool.on() || (!heat.on() && !heat.wanted() && (cool.wanted() || onlyCools));
        Verdict verdict = aboutCooling ? cool : heat;
        return new Reason(want, state.action(), verdict.code(), verdict.until(), now);
    }
}
