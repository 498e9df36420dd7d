package hearth.proving.road;

import java.util.List;

/**
 * A car trip with the correct announcements.
 *
 * @param name            the name in the table
 * @param expectedMinutes minutes before each arrival at which it should be announced; empty if nothing is to announce
 * @param verdict         the verdict on each announcement and each arrival, in order of time
 * @param comment         why it cannot be correct, or what this trip shows
 */
public record TripScenario(String name, List<Double> expectedMinutes, String verdict, String comment, TrueTrip trip) {

    public TripScenario {
        expectedMinutes = List.copyOf(expectedMinutes);
    }
}
