package hearth.proving.road;

import java.util.List;

/**
 * A drive, and what a person who knew all about it would call right.
 *
 * @param name    as the table has it
 * @param right   minutes before each coming home at which the house should hear of it; none if there is nothing to say
 * @param verdict what became of each announcement and each coming home, in the order of time
 * @param because why it cannot be right, or what is to be seen here
 */
public record Outing(String name, List<Double> right, String verdict, String because, Journey journey) {

    public Outing {
        right = List.copyOf(right);
    }
}
