package hearth.car;

import static hearth.testkit.fuzz.FuzzTarget.require;

import hearth.common.value.Fix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Fuzz target: a line of gpsd gives a position on Earth, or none. */
public final class GpsdFuzzTarget {

    private GpsdFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    public static boolean read(byte[] input) {
        String line = new String(input, StandardCharsets.UTF_8).strip(); // As BoundedLineReader does.
        Optional<Fix> fix = GpsdPosition.isOf("TPV", line) ? GpsdPosition.fix(line) : Optional.empty();
        fix.ifPresent(GpsdFuzzTarget::requirePlausible);
        return fix.isPresent();
    }

    static void requirePlausible(Fix fix) {
        require(Math.abs(fix.position().latitudeDeg()) <= 90, "expected a latitude from -90 to 90", fix);
        require(Math.abs(fix.position().longitudeDeg()) <= 180, "expected a longitude from -180 to 180", fix);
        require(fix.errorM() >= 0, "expected an error of 0 or more", fix);
    }
}
