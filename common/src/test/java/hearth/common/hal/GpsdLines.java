package hearth.common.hal;

import static hearth.common.hostile.Target.law;

import hearth.common.value.Fix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What may come from a gpsd, as a target: a place on Earth, or nothing. */
public final class GpsdLines {

    private GpsdLines() {}

    public static void fuzzerTestOneInput(byte[] input) {
        take(input);
    }

    public static boolean take(byte[] input) {
        String line = new String(input, StandardCharsets.UTF_8).strip(); // As Lines does.
        Optional<Fix> fix = GpsdPosition.isOf("TPV", line) ? GpsdPosition.fix(line) : Optional.empty();
        fix.ifPresent(GpsdLines::mustBeLawful);
        return fix.isPresent();
    }

    static void mustBeLawful(Fix fix) {
        law(Math.abs(fix.position().latitudeDeg()) <= 90, "a latitude is one", fix);
        law(Math.abs(fix.position().longitudeDeg()) <= 180, "a longitude is one", fix);
        law(fix.errorM() >= 0, "an error is none or more, and a number", fix);
    }
}
