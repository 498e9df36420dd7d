package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Instant;
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
 * @param until      when the first of these readings will be too old
 */
record Room(
        Celsius forHeating,
        Celsius forCooling,
        Celsius hottest,
        Celsius coldest,
        boolean agreed,
        boolean plausible,
        Instant until) {

    /** Nothing if no sensor is fresh. @param fresh in the order of the settings */
    static Optional<Room> of(List<Source> fresh, Combine combine, AircoSettings settings) {
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        List<Celsius> newest = fresh.stream().map(Source::newest).toList();
        return Optional.of(new Room(
                combine.of(fresh.stream().map(Source::warmest).toList()),
                combine.of(fresh.stream().map(Source::coldest).toList()),
                Combine.MAX.of(newest),
                Combine.MIN.of(newest),
                fresh.stream().allMatch(Source::agreed),
                fresh.stream().allMatch(Source::plausible),
                fresh.stream()
                        .map(source -> source.measuredAt().plus(settings.staleAfter()))
                        .min(Instant::compareTo)
                        .orElseThrow()));
    }

    Celsius reckonedBy(Side side) {
        return side == Side.HEAT ? forHeating : forCooling;
    }
}
