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
 * The state of the node's own sensor: its fault, and the temperature that was published last.
 *
 * @param sensorFault {@link #SILENT} if no reading gives another cause
 * @param lastGoodAt  time of the last plausible reading; the boot, at first
 * @param published   the temperature published last
 * @param publishedAt its time; {@link Instant#MIN} before the first
 */
record SensorState(SensorFault sensorFault, Instant lastGoodAt, Celsius published, Instant publishedAt) {

    static final FaultCode SILENT = new FaultCode(
            "sensor-silent",
            "no reading and no error for `sensor.stale-after`: the 1-Wire bus hangs",
            "check the wires; if the fault stays, restart the Pi");

    static final FaultCode IMPLAUSIBLE = new FaultCode(
            "sensor-implausible",
            "the reading is outside `sensor.plausible-min` to `sensor.plausible-max`: all outputs are off",
            "check that the sensor is in its place; if it is, replace it");

    /** Subscribers do not need every reading. */
    static final Duration PUBLISH_EVERY = Duration.ofSeconds(10);

    static SensorState atBoot(Instant now) {
        return new SensorState(SensorFault.initial(SILENT.code(), now), now, Celsius.of(0), Instant.MIN);
    }

    SensorState withReading(Reading reading, SensorSettings settings, Instant now) {
        if (reading instanceof Reading.Failed failed) {
            return with(sensorFault.withFailure(failed.code(), now));
        }
        Celsius temperature = ((Reading.Measured) reading).temperature();
        if (!settings.isPlausible(temperature)) { // A valid measurement, but not of a room: a fault at once.
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

    /** The temperature, until it expires. */
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
