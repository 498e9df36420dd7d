package hearth.thermostat;

import hearth.common.core.Effect;
import hearth.common.message.CommonTopics;
import hearth.common.message.FaultCode;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of the node's own sensor: whether it can be trusted, and what the house was last told.
 *
 * @param sensorFault     what is wrong with it; {@link #SILENT} if no reading says more
 * @param lastGoodAt      when it last measured something plausible; the boot, at first
 * @param published   what the house was last told
 * @param publishedAt when; {@link Instant#MIN} before the first
 */
record SensorState(SensorFault sensorFault, Instant lastGoodAt, Celsius published, Instant publishedAt) {

    static final FaultCode SILENT = new FaultCode(
            "sensor-silent",
            "nothing was read for `sensor.stale-after`, and nothing said why: the bus hangs",
            "look at the wires; if it stays, start the Pi anew");

    static final FaultCode IMPLAUSIBLE = new FaultCode(
            "sensor-implausible",
            "it measures what no room has (`sensor.plausible-min`, `sensor.plausible-max`): all is off",
            "is the sensor where it should be? If so, change it");

    /** The house has no use for every poll. */
    static final Duration PUBLISH_EVERY = Duration.ofSeconds(10);

    static SensorState atBoot(Instant now) {
        return new SensorState(SensorFault.initial(SILENT.code(), now), now, Celsius.of(0), Instant.MIN);
    }

    SensorState withReading(Reading reading, SensorSettings settings, Instant now) {
        if (reading instanceof Reading.Failed failed) {
            return with(sensorFault.withFailure(failed.code(), now));
        }
        Celsius temperature = ((Reading.Measured) reading).temperature();
        if (!settings.isPlausible(temperature)) { // A measurement, but not of a room: a fault at once.
            return with(SensorFault.confirmed(IMPLAUSIBLE.code(), now));
        }
        boolean due = !now.isBefore(publishedAt.plus(PUBLISH_EVERY));
        return new SensorState(
                SensorFault.initial(SILENT.code(), now), now, due ? temperature : published, due ? now : publishedAt);
    }

    /** The fault's code; empty if there is no fault. */
    List<String> faults(SensorSettings settings, Instant now) {
        boolean fault = sensorFault.isFault() || !now.isBefore(staleAt(settings));
        return fault ? List.of(sensorFault.code()) : List.of();
    }

    /** The temperature, for as long as it may be trusted. */
    List<Effect> effects(SensorSettings settings, Instant now) {
        Instant until = publishedAt.plus(settings.staleAfter());
        return now.isBefore(until)
                ? List.of(new Effect.Publish<>(CommonTopics.TEMPERATURE, published, until))
                : List.of();
    }

    Stream<Instant> deadlines(SensorSettings settings) {
        return Stream.of(staleAt(settings), publishedAt.plus(settings.staleAfter()));
    }

    private SensorState with(SensorFault other) {
        return new SensorState(other, lastGoodAt, published, publishedAt);
    }

    private Instant staleAt(SensorSettings settings) {
        return lastGoodAt.plus(settings.staleAfter());
    }
}
