package hearth.proving.checker;

import java.time.Duration;
import java.time.LocalTime;

/**
 * The settings of the devices, written down a second time, independent of their settings files and of the code that
 * reads them.
 */
public record Expectations(
        ExpectedSensing sensing,
        ExpectedComfort comfort,
        ExpectedLimits limits,
        ExpectedCycles cycles,
        ExpectedRelayPins relays,
        ExpectedCoffee coffee,
        ExpectedCar car) {

    /** The period of readings, their validity and their plausible range. */
    public record ExpectedSensing(
            Duration samplePeriod, Duration staleAfter, double plausibleMinC, double plausibleMaxC) {}

    /** The temperature band and the allowed set points. */
    public record ExpectedComfort(
            double targetC,
            double minTargetC,
            double maxTargetC,
            double stepC,
            double heatBelowK,
            double coolAboveK,
            double awayShiftK) {}

    public record ExpectedLimits(double absoluteMaxC, double absoluteMinC, double frostC) {}

    public record ExpectedCycles(
            Duration deadTime, Duration minOn, Duration minOff, Duration maxOn, Duration pauseAfterMaxOn) {}

    /** BCM numbers. */
    public record ExpectedRelayPins(int heat, int cool) {}

    /** The quiet hours span midnight. */
    public record ExpectedCoffee(
            int pin,
            Duration brewTime,
            Duration keepWarm,
            Duration lockOut,
            int perDay,
            LocalTime quietFrom,
            LocalTime quietTo) {}

    public record ExpectedCar(
            double homeLatitudeDeg,
            double homeLongitudeDeg,
            double armBeyondM,
            double fireWithinM,
            Duration lead,
            double worstFixM) {}

    /** The settings of the simulated year. */
    public static Expectations forSimulatedYear(double homeLatitudeDeg, double homeLongitudeDeg) {
        return new Expectations(
                new ExpectedSensing(Duration.ofSeconds(30), Duration.ofSeconds(90), -30, 60),
                new ExpectedComfort(20, 5, 30, 0.5, 2, 2, 4),
                new ExpectedLimits(35, 10, 7),
                new ExpectedCycles(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(4),
                        Duration.ofMinutes(10)),
                new ExpectedRelayPins(17, 27),
                new ExpectedCoffee(
                        22,
                        Duration.ofMinutes(6),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        6,
                        LocalTime.of(23, 0),
                        LocalTime.of(5, 0)),
                new ExpectedCar(homeLatitudeDeg, homeLongitudeDeg, 2_500, 1_500, Duration.ofMinutes(10), 50));
    }
}
