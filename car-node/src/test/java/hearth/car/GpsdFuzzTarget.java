package hearth.car;

import static hearth.testkit.fuzz.FuzzTarget.require;

import hearth.common.value.Fix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What may come from a gpsd, as a target: a place on Earth, or nothing. */
public final class GpsdFuzzTarget {

    private GpsdFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    public static boolean read(byte[] input) {
        String line = new String(input, StandardCharsets.UTF_8).strip(); // As Lines does.
        Optional<Fix> fix = GpsdPosition.isOf("TPV", line) ? GpsdPosition.fix(line) : Optional.empty();
        fix.ifPresent(GpsdFuzzTarget::requirePlausible);
        return fix.isPresent();
    }

    static void requirePlausible(Fix fix) {
        require(Math.abs(fix.position().latitudeDeg()) <= 90, "a latitude is one", fix);
        require(Math.abs(fix.position().longitudeDeg()) <= 180, "a longitude is one", fix);
        require(fix.errorM() >= 0, "an error is none or more, and a number", fix);
    }
}
