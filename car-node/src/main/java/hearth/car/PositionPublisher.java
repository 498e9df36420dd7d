package hearth.car;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import hearth.common.runtime.NodeContext;
import hearth.common.value.Fix;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Publishes the position of the car if the owner has set {@code car.tell-position}: in the format of OwnTracks, at most
 * every ten seconds. The controller is not involved, because it decides nothing about positions.
 */
final class PositionPublisher implements Consumer<Fix> {

    /**
     * @param errorM the error of the {@link Fix}
     * @param epochS seconds since 1970; empty if the clock of this machine is not synchronised
     */
    record PublishedPosition(double latitudeDeg, double longitudeDeg, double errorM, Optional<Long> epochS) {

        private static final double DEGREE_GRID = 1e5;
        private static final String TRACKER_ID = "ca"; // Two letters that OwnTracks shows on its map.

        static final Topic<PublishedPosition> TOPIC = Topic.state(
                "position",
                0,
                PayloadCodec.fields(PublishedPosition::fields, fields -> {
                    throw new UnsupportedOperationException("no node subscribes to positions");
                }),
                "position of the car in the format of OwnTracks, at most every 10 s, only with `car.tell-position = true`:"
                        + " `{\"_type\":\"location\", \"tid\":\"ca\", \"lat\":52.37310, \"lon\":4.89260, \"acc\":10, \"tst\":1764363600}`;"
                        + " without `tst` if the clock is not synchronised; message expiry: 5 minutes");

        private Payload.Fields fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("_type", "location");
            fields.put("tid", TRACKER_ID);
            fields.put("lat", rounded(latitudeDeg));
            fields.put("lon", rounded(longitudeDeg));
            fields.put("acc", Math.round(errorM / OwnTracks.TO_95_PERCENT));
            epochS.ifPresent(seconds -> fields.put("tst", seconds));
            return new Payload.Fields(fields);
        }

        private static double rounded(double degrees) {
            return Math.round(degrees * DEGREE_GRID) / DEGREE_GRID;
        }
    }

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration EXPIRY = Duration.ofMinutes(5);

    private final CarSettings settings;
    private final NodeContext context;
    private Instant nextAt = Instant.MIN; // Used on the receiver's thread only.

    PositionPublisher(CarSettings settings, NodeContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void accept(Fix fix) {
        Instant now = context.timers().clock().instant();
        if (now.isBefore(nextAt) || !CarInput.FixReceived.isGood(fix, settings)) {
            return;
        }
        nextAt = now.plus(PERIOD);
        PublishedPosition position = new PublishedPosition(
                fix.position().latitudeDeg(),
                fix.position().longitudeDeg(),
                fix.errorM(),
                context.wallClock().now().map(time -> time.toInstant().getEpochSecond()));
        context.bus().publishRetained(PublishedPosition.TOPIC, position, now.plus(EXPIRY));
    }
}
