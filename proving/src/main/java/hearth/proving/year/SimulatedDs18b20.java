package hearth.proving.year;

import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A DS18B20 on its wire, as the driver has it: a sixteenth of a kelvin to a step, a little noise, and every way to fail
 * that the kernel knows.
 */
final class SimulatedDs18b20 {

    /** What may be wrong with a sensor. Each is one line of the table of what the kernel says then. */
    enum InjectedProbeFault {
        NO_ANSWER("sensor-no-data"),
        UNPLUGGED("sensor-missing"),
        POWER_ON_RESET("sensor-power-on-reset"),
        TRULY_85(""),
        SHORTED("sensor-short"),
        OLD_VALUE(""),
        DRIVER_NOT_LOADED("sensor-missing"),
        TOO_LITTLE_POWER("sensor-power"),
        BAD_CHECKSUM("sensor-checksum"),
        OUT_OF_RANGE("sensor-range"),
        UNREADABLE("sensor-unreadable"),
        GARBLED("sensor-garbled"),
        TWO_SENSORS("sensor-ambiguous"),
        OUTLIERS(""),
        SUN_ON_IT(""),
        TOO_COLD_FOR_A_ROOM("");

        private final String code;

        InjectedProbeFault(String code) {
            this.code = code;
        }

        String kind() {
            return "sensor " + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final double STEPS_PER_K = 16;
    private static final double NOISE_K = 0.04;
    private static final double OUTLIER_K = 9;
    private static final double ONE_IN_OUTLIERS = 6;
    private static final double SUN_K_PER_S = 0.01;
    private static final double MAX_SUN_K = 18;

    /** The folder of an unplugged sensor stays so long, without an answer in it. */
    private static final Duration FOLDER_REMAINS = Duration.ofSeconds(100);

    private final Random random;
    private @Nullable InjectedProbeFault fault;
    private Instant since = Instant.MIN;
    private double lastC = 20;

    SimulatedDs18b20(Random random) {
        this.random = random;
    }

    void injectFault(InjectedProbeFault kind, Instant now) {
        fault = kind;
        since = now;
    }

    void clearFault() {
        fault = null;
    }

    Reading read(double roomC, Instant now) {
        double feltC = Math.round((roomC + NOISE_K * (2 * random.nextDouble() - 1)) * STEPS_PER_K) / STEPS_PER_K;
        if (fault == null) {
            return measured(feltC);
        }
        return switch (fault) {
            case UNPLUGGED ->
                failed(
                        now.isBefore(since.plus(FOLDER_REMAINS))
                                ? InjectedProbeFault.NO_ANSWER.code
                                : InjectedProbeFault.UNPLUGGED.code);
            case TRULY_85 -> new Reading.Measured(Celsius.of(85));
            case TOO_COLD_FOR_A_ROOM -> new Reading.Measured(Celsius.of(-39.5));
            case OLD_VALUE -> new Reading.Measured(Celsius.of(lastC));
            case OUTLIERS ->
                random.nextDouble() * ONE_IN_OUTLIERS < 1
                        ? new Reading.Measured(Celsius.of(feltC + (random.nextBoolean() ? OUTLIER_K : -OUTLIER_K)))
                        : measured(feltC);
            case SUN_ON_IT -> measured(feltC + sunOffsetK(now));
            default -> failed(fault.code);
        };
    }

    private double sunOffsetK(Instant now) {
        double seconds = Duration.between(since, now).toSeconds();
        return Math.round(Math.min(MAX_SUN_K, seconds * SUN_K_PER_S) * STEPS_PER_K) / STEPS_PER_K;
    }

    private Reading measured(double celsius) {
        lastC = celsius;
        return new Reading.Measured(Celsius.of(celsius));
    }

    private static Reading failed(String code) {
        return new Reading.Failed(code, "simulated");
    }
}
