package hearth.car;

import hearth.common.hal.PositionSource;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.mqtt.NodeBus;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A phone with <a href="https://owntracks.org/booklet/tech/json/">OwnTracks</a> in the car, instead of a receiver.
 *
 * <p>{@code tst} is the time on the phone's clock; it is not compared with the clock of this machine. A location counts as
 * measured when it arrives, so a retained one, of unknown age, is ignored. Its {@code tst} must be later than that of the
 * one before: a message that is delivered twice or too late counts once. A {@code tst} that is an hour or more earlier is
 * accepted, because the phone's clock was set back.
 */
final class OwnTracks implements PositionSource {

    /** {@link Fix} has the error for 95 % of the time, phones have it for 68 %: 2.448 / 1.515 for a normal error in 2 D. */
    static final double TO_95_PERCENT = 1.62;

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final long CLOCK_SET_BACK_S = 3600;

    private final NodeBus bus;
    private final String topic;
    private long latestS; // Used on the bus's thread only.

    OwnTracks(NodeBus bus, String topic) {
        this.bus = bus;
        this.topic = topic;
    }

    @Override
    public void start(Consumer<Fix> listener) {
        bus.onForeign(topic, this::fix, received -> {
            if (received.age().compareTo(FRESH) <= 0) {
                received.message().ifPresent(listener);
            }
        });
    }

    @Override
    public void close() {
        // The bus ends the subscription.
    }

    /** Empty for the other messages of a phone on its topic, such as its last will. */
    Optional<Fix> fix(String text) throws Malformed {
        Payload.Fields fields = Json.flatFields(text);
        if (!fields.text("_type").equals("location")) {
            return Optional.empty();
        }
        double latitudeDeg = fields.number("lat");
        double longitudeDeg = fields.number("lon");
        if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 180) {
            throw new Malformed("lat, lon: expected -90 to 90 and -180 to 180 degrees");
        }
        if (!(fields.values().get("tst") instanceof Long takenS)) {
            throw new Malformed("tst: expected whole seconds");
        }
        boolean repeated = takenS <= latestS && takenS > latestS - CLOCK_SET_BACK_S;
        if (repeated) {
            return Optional.empty();
        }
        latestS = takenS;
        return Optional.of(new Fix(new Position(latitudeDeg, longitudeDeg), errorM(fields)));
    }

    /** Infinite without an accuracy, and with the negative one that iOS gives to a position that was not measured. */
    private static double errorM(Payload.Fields fields) {
        double accuracyM = fields.values().get("acc") instanceof Number accuracy ? accuracy.doubleValue() : -1;
        return accuracyM >= 0 ? accuracyM * TO_95_PERCENT : Double.POSITIVE_INFINITY;
    }
}
