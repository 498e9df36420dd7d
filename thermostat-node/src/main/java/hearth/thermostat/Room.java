package hearth.thermostat;

import hearth.common.value.Celsius;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The room as the fresh sensors show it at one moment.
 *
 * @param forHeating the warmest it may be: what heating has to reckon with
 * @param forCooling the coldest it may be: what cooling has to reckon with
 * @param hottest    of all that was said last, confirmed or not
 * @param coldest    likewise
 * @param agreed     no sensor stands alone with its word
 * @param plausible  no sensor says what cannot be of a room
 */
record Room(
        Celsius forHeating, Celsius forCooling, Celsius hottest, Celsius coldest, boolean agreed, boolean plausible) {

    /** Nothing if no sensor is fresh. @param fresh in the order of the settings */
    static Optional<Room> of(List<Source> fresh, Combine combine) {
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        List<Celsius> newest = new ArrayList<>();
        List<Celsius> warmest = new ArrayList<>();
        List<Celsius> coldest = new ArrayList<>();
        boolean agreed = true;
        boolean plausible = true;
        for (Source source : fresh) {
            newest.add(source.newest());
            warmest.add(source.warmest());
            coldest.add(source.coldest());
            agreed &= source.agreed();
            plausible &= source.plausible();
        }
        return Optional.of(new Room(
                combine.of(warmest),
                combine.of(coldest),
                Combine.MAX.of(newest),
                Combine.MIN.of(newest),
                agreed,
                plausible));
    }

    Celsius reckonedBy(Side side) {
        return side == Side.HEAT ? forHeating : forCooling;
    }
}
