package hearth.car;

import hearth.common.message.Payload;
import hearth.common.message.Shape;
import hearth.common.message.Topic;
import hearth.common.runtime.Site;
import hearth.common.value.Fix;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the car is, for an owner who asks for it ({@code car.tell-position}): as an OwnTracks phone would say it, at most
 * every ten seconds. Told past the controller, which decides nothing about it.
 */
final class Whereabouts implements Consumer<Fix> {

    /**
     * @param errorM as {@link Fix} has it
     * @param takenS seconds since 1970, if anybody has told this machine the time
     */
    record Place(double latitudeDeg, double longitudeDeg, double errorM, Optional<Long> takenS) {

        private static final double ABOUT_METRES = 1e5;
        private static final String TRACKER = "ca"; // Two letters, for a map.

        static final Topic<Place> TOPIC = Topic.state(
                "position",
                0,
                Shape.fields(Place::fields, fields -> {
                    throw new UnsupportedOperationException("nobody here asks where the car is");
                }),
                "where the car is, in OwnTracks' format, at most every 10 s; only with car.tell-position");

        private Payload.Fields fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("_type", "location");
            fields.put("tid", TRACKER);
            fields.put("lat", rounded(latitudeDeg));
            fields.put("lon", rounded(longitudeDeg));
            fields.put("acc", Math.round(errorM / OwnTracks.TO_95_PERCENT));
            takenS.ifPresent(seconds -> fields.put("tst", seconds));
            return new Payload.Fields(fields);
        }

        private static double rounded(double degrees) {
            return Math.round(degrees * ABOUT_METRES) / ABOUT_METRES;
        }
    }

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LIVES = Duration.ofMinutes(5);

    private final CarSettings settings;
    private final Site site;
    private Instant nextAt = Instant.MIN; // The receiver's thread only.

    Whereabouts(CarSettings settings, Site site) {
        this.settings = settings;
        this.site = site;
    }

    @Override
    public void accept(Fix fix) {
        Instant now = site.timers().clock().instant();
        if (now.isBefore(nextAt) || !CarInput.Fixed.isGood(fix, settings)) {
            return;
        }
        nextAt = now.plus(EVERY);
        Place place = new Place(
                fix.position().latitudeDeg(),
                fix.position().longitudeDeg(),
                fix.errorM(),
                site.wall().now().map(time -> time.toInstant().getEpochSecond()));
        site.conversation().publish(Place.TOPIC, place, now.plus(LIVES));
    }
}
