package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of an airco: the part of the node that switches a heating relay, a cooling relay or both.
 *
 * @param heatingResponse whether heating has warmed the room lately
 * @param warnings        signs of a faulty sensor or relay; warnings stop nothing
 * @param reason          why the outputs are as they are
 */
record ClimateState(
        ClimateGoal goal,
        Sources sources,
        Outputs outputs,
        HeatingResponse heatingResponse,
        Warnings warnings,
        Reason reason) {

    static ClimateState atBoot(SavedClimateState saved, ClimateSettings settings, Instant now) {
        return new ClimateState(
                saved.goal(),
                Sources.atBoot(now, settings),
                Outputs.atBoot(now, settings),
                HeatingResponse.initial(saved.latched()),
                Warnings.NONE,
                new Reason(Action.IDLE, Action.IDLE, "boot", Instant.MAX, now));
    }

    ClimateState with(ClimateGoal other) {
        return new ClimateState(other, sources, outputs, heatingResponse, warnings, reason);
    }

    ClimateState with(Sources other) {
        return new ClimateState(goal, other, outputs, heatingResponse, warnings, reason);
    }

    ClimateState with(Outputs other) {
        return new ClimateState(goal, sources, other, heatingResponse, warnings, reason);
    }

    ClimateState with(HeatingResponse other) {
        return new ClimateState(goal, sources, outputs, other, warnings, reason);
    }

    ClimateState with(Warnings other) {
        return new ClimateState(goal, sources, outputs, heatingResponse, other, reason);
    }

    ClimateState with(Reason other) {
        return new ClimateState(goal, sources, outputs, heatingResponse, warnings, other);
    }

    ClimateState withReading(
            String source, Celsius temperature, boolean plausible, Instant measuredAt, ClimateSettings settings) {
        Sources next = sources.withReading(source, temperature, plausible, measuredAt, settings);
        SourceReading before = sources.readings().get(source);
        SourceReading after = next.readings().get(source);
        boolean changed = before == null || after == null || !before.newest().equals(after.newest());
        return changed ? with(next).with(warnings.valueChanged(source, measuredAt)) : with(next);
    }

    ClimateState switched(
            HeatOrCool kind, Verdict verdict, Optional<RoomTemperature> room, ClimateSettings settings, Instant now) {
        if (verdict.on() == isOn(kind)) {
            return this;
        }
        return verdict.on()
                ? switchedOn(kind, room.orElseThrow(), now)
                : switchedOff(kind, verdict, room, settings, now);
    }

    private ClimateState switchedOn(HeatOrCool kind, RoomTemperature room, Instant now) {
        ClimateState on = with(outputs.with(kind, outputs.of(kind).switchedOn(now)));
        return kind == HeatOrCool.HEAT ? on.with(heatingResponse.started(room.warmestLikely(), now)) : on;
    }

    private ClimateState switchedOff(
            HeatOrCool kind, Verdict verdict, Optional<RoomTemperature> room, ClimateSettings settings, Instant now) {
        Output stopped = outputs.of(kind)
                .switchedOff(now, settings.minOff(kind))
                .withPause(now.plus(verdict.pause()), verdict.code());
        ClimateState off = with(outputs.withOff(kind, stopped, now.plus(settings.deadTime())));
        if (kind == HeatOrCool.COOL) {
            return off;
        }
        boolean warmed =
                room.isPresent() && heatingResponse.hasWarmed(room.get().warmestLikely());
        return off.with(heatingResponse.ended(warmed || verdict.isTargetReached(), now));
    }

    /** The relay was to go on and did not. */
    ClimateState withRelayFailure(HeatOrCool kind, ClimateSettings settings, Instant now) {
        Output failed = outputs.of(kind).withFailure(now, settings.minOff(kind));
        ClimateState off = with(outputs.withOff(kind, failed, now.plus(settings.deadTime())));
        return kind == HeatOrCool.HEAT ? off.with(heatingResponse.ended(false, now)) : off;
    }

    boolean isOn(HeatOrCool kind) {
        return outputs.of(kind).on();
    }

    Action action() {
        for (HeatOrCool kind : HeatOrCool.values()) {
            if (isOn(kind)) {
                return kind.action();
            }
        }
        return goal.mode() == Mode.OFF ? Action.OFF : Action.IDLE;
    }

    Optional<RoomTemperature> room(ClimateSettings settings, Instant now) {
        return sources.room(settings, now);
    }

    /** All times at which a decision may change although no input arrives. */
    Stream<Instant> deadlines(ClimateSettings settings) {
        return Stream.of(
                        sources.deadlines(settings),
                        outputs.deadlines(settings),
                        heatingResponse.deadlines(),
                        warnings.deadlines())
                .flatMap(deadlines -> deadlines);
    }
}
