package hearth.thermostat;

import static hearth.thermostat.Thermostats.failed;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.sensorOnly;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.message.CommonTopics;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Stories of a sensor: what the house is told of it, and what is said of it when it fails. */
class SamplingTest {

    private static final Reading WARM = new Reading.Measured(Celsius.of(19));
    private static final Reading DEAF = new Reading.Failed("sensor-no-data", "in a test");

    @Test
    void theHouseIsToldEveryTenSeconds() {
        var story = story(sensorOnly());

        story.at("1s", sensed(19)).at("3s", sensed(19.5)).at("10s", sensed(20)).at("11s", sensed(21));

        assertThat(story.published(CommonTopics.TEMPERATURE)).containsExactly(Celsius.of(19), Celsius.of(21));
    }

    @Test
    void beforeItHasMeasuredNothingIsSaidOfTheTemperature() {
        var story = story(sensorOnly());

        story.at("1s", failed("sensor-no-data")).until("1h");

        assertThat(story.published(CommonTopics.TEMPERATURE)).isEmpty();
    }

    @Test
    void whatIsSaidHoldsUntilItIsTooOld() {
        var story = story(sensorOnly());

        story.at("10s", sensed(19)).at("18s", sensed(19)).until("39s");
        assertThat(temperature(story.last())).hasSize(1).allMatch(said -> said.expiresAt()
                .equals(story.instant("40s")));

        story.until("41s");
        assertThat(temperature(story.last())).isEmpty();
    }

    @Test
    void anAircoTellsTheHouseOfItsOwnSensorToo() {
        var story = story(quick());

        story.at("1s", sensed(19));

        assertThat(story.published(CommonTopics.TEMPERATURE)).containsExactly(Celsius.of(19));
    }

    @Test
    void theThirdFailureInARowIsAFaultThoughAGoodReadingIsFresh() {
        var story = story(sensorOnly());

        story.at("0s", sensed(19)).at("2s", failed("sensor-no-data")).at("4s", failed("sensor-checksum"));
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");

        story.at("6s", failed("sensor-no-data"));
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");

        story.at("8s", sensed(19));
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data", "none");
    }

    @Test
    void whatNoRoomCanHaveIsAFaultAndNotTold() {
        var story = story(sensorOnly());

        story.at("0s", sensed(85)).at("20s", sensed(-31));

        assertThat(story.published(CommonTopics.TEMPERATURE)).isEmpty();
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");
    }

    @Test
    void aSensorAloneSaysNothingOfARelay() {
        var story = story(sensorOnly("airco.sources = a"));

        story.every("2s", "0s", "10m", sensed(17));

        assertThat(story.switchings()).isEmpty();
        assertThat(story.published(ClimateTopics.TARGET)).isEmpty();
        assertThat(story.published(CommonTopics.FAULT))
                .as("nobody waits for the other")
                .containsExactly("none");
    }

    @Test
    void aSensorAloneThatFallsSilentIsMissedWhoeverElseItCouldFollow() {
        var story = story(sensorOnly("airco.sources = a"));

        story.at("1s", sensed(17)).until("1m");

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-silent");
    }

    @Test
    void anAircoWithoutASensorOfItsOwnMissesNone() {
        var story = story(quick("airco.sources = a"));

        story.until("1h");

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "no-reading");
    }

    @Test
    void everyReadingIsHandedOnAndEveryFailureCounted() {
        Queue<Reading> readings = new ArrayDeque<>(List.of(WARM, DEAF, DEAF, WARM, DEAF));
        List<Reading> heard = new ArrayList<>();
        AtomicLong errors = new AtomicLong();
        Sampler sampler = new Sampler(readings::remove, heard::add, errors);

        for (int i = 0; i < 5; i++) {
            sampler.run();
        }

        assertThat(heard).containsExactly(WARM, DEAF, DEAF, WARM, DEAF);
        assertThat(errors).hasValue(3);
    }

    @Test
    void theJournalIsToldWhenASensorBeginsToFailAndNotEachTime() {
        Queue<Reading> readings = new ArrayDeque<>(List.of(WARM, DEAF, DEAF, WARM, DEAF, DEAF));
        Sampler sampler = new Sampler(readings::remove, reading -> {}, new AtomicLong());
        PrintStream console = System.err;
        ByteArrayOutputStream journal = new ByteArrayOutputStream();

        System.setErr(new PrintStream(journal, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < 6; i++) {
                sampler.run();
            }
        } finally {
            System.setErr(console);
        }

        assertThat(journal.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("sensor")))
                .hasSize(2)
                .allMatch(line -> line.contains("WARN") && line.endsWith(": sensor-no-data: in a test"));
    }

    private static List<Effect.Publish<?>> temperature(Decision<?> decision) {
        List<Effect.Publish<?>> said = new ArrayList<>();
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Publish<?> publish && publish.topic().equals(CommonTopics.TEMPERATURE)) {
                said.add(publish);
            }
        }
        return said;
    }
}
