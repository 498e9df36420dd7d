package hearth.thermostat;

import hearth.common.value.Celsius;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The room as the fresh sensors show it at one moment.
 *
 * @param warmestLikely the warmest it may be: what heating has to reckon with
 * @param coldestLikely the coldest it may be: what cooling has to reckon with
 * @param hottest    of all that was said last, confirmed or not
 * @param coldest    likewise
 * @param agreed     no sensor stands alone with its word
 * @param plausible  no sensor says what cannot be of a room
 */
record RoomTemperature(
        Celsius warmestLikely,
        Celsius coldestLikely,
        Celsius hottest,
        Celsius coldest,
        boolean agreed,
        boolean plausible) {

    /** Nothing if no sensor is fresh. @param fresh in the order of the settings */
    static Optional<RoomTemperature> of(List<SourceReading> fresh, Combine combine) {
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        List<Celsius> newest = new ArrayList<>();
        List<Celsius> warmest = new ArrayList<>();
        List<Celsius> coldest = new ArrayList<>();
        boolean agreed = true;
        boolean plausible = true;
        for (SourceReading source : fresh) {
            newest.add(source.newest());
            warmest.add(source.warmest());
            coldest.add(source.coldest());
            agreed &= source.agreed();
            plausible &= source.plausible();
        }
        return Optional.of(new RoomTemperature(
                combine.apply(warmest),
                combine.apply(coldest),
                Combine.MAX.apply(newest),
                Combine.MIN.apply(newest),
                agreed,
                plausible));
    }

    Celsius temperatureFor(HeatOrCool side) {
        return side == HeatOrCool.HEAT ? warmestLikely : coldestLikely;
    }
}
