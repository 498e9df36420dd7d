package hearth.proving.year;

import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A simulated DS18B20, as its driver returns it: a resolution of 1/16 K, a little noise, and every failure that the
 * kernel reports.
 */
final class SimulatedDs18b20 {

    /** The faults of a sensor, one per row of the table of sensor faults. */
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

    /** How long the folder of an unplugged sensor remains, without an answer. */
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
        double measuredC = Math.round((roomC + NOISE_K * (2 * random.nextDouble() - 1)) * STEPS_PER_K) / STEPS_PER_K;
        if (fault == null) {
            return measured(measuredC);
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
                        ? new Reading.Measured(Celsius.of(measuredC + (random.nextBoolean() ? OUTLIER_K : -OUTLIER_K)))
                        : measured(measuredC);
            case SUN_ON_IT -> measured(measuredC + sunOffsetK(now));
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
