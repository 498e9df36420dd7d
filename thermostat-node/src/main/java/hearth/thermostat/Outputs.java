package hearth.thermostat;

import java.time.Instant;
import java.util.stream.Stream;

/** The heat output and the cool output, each with or without a relay. */
record Outputs(Output heat, Output cool) {

    static Outputs atBoot(Instant now, ClimateSettings settings) {
        return new Outputs(
                Output.atBoot(now, settings.minOff(HeatOrCool.HEAT), settings.deadTime()),
                Output.atBoot(now, settings.minOff(HeatOrCool.COOL), settings.deadTime()));
    }

    Output of(HeatOrCool kind) {
        return kind == HeatOrCool.HEAT ? heat : cool;
    }

    Outputs with(HeatOrCool kind, Output output) {
        return kind == HeatOrCool.HEAT ? new Outputs(output, cool) : new Outputs(heat, output);
    }

    /** An output went off, so the other one has to wait for the dead time. @param off the output after that */
    Outputs withOff(HeatOrCool kind, Output off, Instant deadTimeUntil) {
        return with(kind, off).with(kind.other(), of(kind.other()).withDeadTime(deadTimeUntil));
    }

    Stream<Instant> deadlines(ClimateSettings settings) {
        return settings.relays().entrySet().stream()
                .flatMap(relay -> of(relay.getKey()).deadlines(relay.getValue()));
    }
}
