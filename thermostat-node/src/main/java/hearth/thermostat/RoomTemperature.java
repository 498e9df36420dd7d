package hearth.thermostat;

import hearth.common.value.Celsius;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The room's temperature from all fresh sources, at one time.
 *
 * @param warmestLikely the highest temperature that the room may have; heating uses it
 * @param coldestLikely the lowest temperature that the room may have; cooling uses it
 * @param hottest       the highest of the newest readings, confirmed or not
 * @param coldest       the lowest of the newest readings, confirmed or not
 * @param agreed        every source has a confirmed reading
 * @param plausible     every newest reading is plausible
 */
record RoomTemperature(
        Celsius warmestLikely,
        Celsius coldestLikely,
        Celsius hottest,
        Celsius coldest,
        boolean agreed,
        boolean plausible) {

    /** Empty if there is no fresh source. @param fresh in the order of the settings */
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

    Celsius temperatureFor(HeatOrCool kind) {
        return kind == HeatOrCool.HEAT ? warmestLikely : coldestLikely;
    }
}
