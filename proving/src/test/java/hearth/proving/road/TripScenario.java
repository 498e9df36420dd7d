package hearth.proving.road;

import java.util.List;

/**
 * A drive, and what a person who knew all about it would call right.
 *
 * @param name    as the table has it
 * @param expectedMinutes   minutes before each coming home at which the house should hear of it; none if there is nothing to say
 * @param verdict what became of each announcement and each coming home, in the order of time
 * @param comment why it cannot be right, or what is to be seen here
 */
public record TripScenario(String name, List<Double> expectedMinutes, String verdict, String comment, TrueTrip trip) {

    public TripScenario {
        expectedMinutes = List.copyOf(expectedMinutes);
    }
}
