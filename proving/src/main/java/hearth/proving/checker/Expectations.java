package hearth.proving.checker;

import java.time.Duration;
import java.time.LocalTime;

/**
 * What the owner set, written down a second time: independent of the settings the devices read, and of the code that
 * reads them.
 */
public record Expectations(
        Sensing sensing, Comfort comfort, Limits limits, Cycles cycles, Relays relays, Coffee coffee, Car car) {

    /** How readings come and how long they hold. */
    public record Sensing(Duration every, Duration staleAfter, double plausibleMinC, double plausibleMaxC) {}

    /** The band, and the set points there may be. */
    public record Comfort(
            double targetC,
            double lowestC,
            double highestC,
            double stepC,
            double heatBelowK,
            double coolAboveK,
            double awayShiftK) {}

    public record Limits(double absoluteMaxC, double absoluteMinC, double frostC) {}

    public record Cycles(Duration deadTime, Duration minOn, Duration minOff, Duration maxOn, Duration restAfterMaxOn) {}

    /** By BCM number. */
    public record Relays(int heat, int cool) {}

    /** The quiet hours are over midnight. */
    public record Coffee(
            int pin,
            Duration brewTime,
            Duration keepWarm,
            Duration lockOut,
            int perDay,
            LocalTime quietFrom,
            LocalTime quietTo) {}

    public record Car(
            double homeLatitudeDeg,
            double homeLongitudeDeg,
            double armBeyondM,
            double fireWithinM,
            Duration lead,
            double worstFixM) {}

    /** The house of the simulated year. */
    public static Expectations ofTheYear(double homeLatitudeDeg, double homeLongitudeDeg) {
        return new Expectations(
                new Sensing(Duration.ofSeconds(30), Duration.ofSeconds(90), -30, 60),
                new Comfort(20, 5, 30, 0.5, 2, 2, 4),
                new Limits(35, 10, 7),
                new Cycles(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(4),
                        Duration.ofMinutes(10)),
                new Relays(17, 27),
                new Coffee(
                        22,
                        Duration.ofMinutes(6),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        6,
                        LocalTime.of(23, 0),
                        LocalTime.of(5, 0)),
                new Car(homeLatitudeDeg, homeLongitudeDeg, 2_500, 1_500, Duration.ofMinutes(10), 50));
    }
}
