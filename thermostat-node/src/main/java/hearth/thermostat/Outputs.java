package hearth.thermostat;

/** Both sides' outputs, with a relay or without. */
record Outputs(Output heat, Output cool) {

    Output of(HeatOrCool side) {
        return side == HeatOrCool.HEAT ? heat : cool;
    }

    Outputs with(HeatOrCool side, Output output) {
        return side == HeatOrCool.HEAT ? new Outputs(output, cool) : new Outputs(heat, output);
    }
}
