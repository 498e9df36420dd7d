package hearth.thermostat;

/** Both sides' outputs, with a relay or without. */
record Outputs(Output heat, Output cool) {

    Output of(Side side) {
        return side == Side.HEAT ? heat : cool;
    }

    Outputs with(Side side, Output output) {
        return side == Side.HEAT ? new Outputs(output, cool) : new Outputs(heat, output);
    }
}
