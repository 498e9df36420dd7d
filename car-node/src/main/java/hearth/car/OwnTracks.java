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
 * A phone with <a href="https://owntracks.org/booklet/tech/json/">OwnTracks</a> in the car instead of a receiver.
 *
 * <p>Its {@code tst} is what the phone's clock says, and no clock of ours is compared with it. A location is believed to be
 * of the moment it comes: one out of the broker's store, of unknown age, is not heard. By the phone's own clock it must be
 * newer than the one before, so what is delivered twice or too late counts once; after a clock was set back by an hour or
 * more it is believed anew.
 */
final class OwnTracks implements PositionSource {

    /** Ours is an error for 95 % of the time; the phones' is for 68 %. Of a normal error in two dimensions: 2.448 / 1.515. */
    static final double TO_95_PERCENT = 1.62;

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final long CLOCK_SET_BACK_S = 3600;

    private final NodeBus bus;
    private final String topic;
    private long latestS; // The bus's thread only.

    OwnTracks(NodeBus bus, String topic) {
        this.bus = bus;
        this.topic = topic;
    }

    @Override
    public void start(Consumer<Fix> listener) {
        bus.onForeign(topic, this::fix, heard -> {
            if (heard.age().compareTo(FRESH) <= 0) {
                heard.message().ifPresent(listener);
            }
        });
    }

    @Override
    public void close() {
        // It ends with the conversation.
    }

    /** What else a phone says on its topic, such as its last will, is no place. */
    Optional<Fix> fix(String text) throws Malformed {
        Payload.Fields said = Json.flatFields(text);
        if (!said.text("_type").equals("location")) {
            return Optional.empty();
        }
        double latitudeDeg = said.number("lat");
        double longitudeDeg = said.number("lon");
        if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 180) {
            throw new Malformed("lat, lon: not on Earth");
        }
        if (!(said.values().get("tst") instanceof Long takenS)) {
            throw new Malformed("tst: expected whole seconds");
        }
        boolean repeated = takenS <= latestS && takenS > latestS - CLOCK_SET_BACK_S;
        if (repeated) {
            return Optional.empty();
        }
        latestS = takenS;
        return Optional.of(new Fix(new Position(latitudeDeg, longitudeDeg), errorM(said)));
    }

    /** A phone that does not say, or says less than nothing as iOS does of a place it made up, is not believed. */
    private static double errorM(Payload.Fields said) {
        double accuracyM = said.values().get("acc") instanceof Number accuracy ? accuracy.doubleValue() : -1;
        return accuracyM >= 0 ? accuracyM * TO_95_PERCENT : Double.POSITIVE_INFINITY;
    }
}
