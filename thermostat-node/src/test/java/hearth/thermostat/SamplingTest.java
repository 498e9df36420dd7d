package hearth.thermostat;

import static hearth.thermostat.Thermostats.failed;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.sensorOnly;
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

/** The node's own sensor: its published temperature and its faults. */
class SamplingTest {

    private static final Reading WARM = new Reading.Measured(Celsius.of(19));
    private static final Reading SILENT = new Reading.Failed("sensor-no-data", "in a test");

    @Test
    void aTemperatureIsPublishedEveryTenSeconds() {
        var scenario = scenario(sensorOnly());

        scenario.at("1s", sensed(19))
                .at("3s", sensed(19.5))
                .at("10s", sensed(20))
                .at("11s", sensed(21));

        assertThat(scenario.published(CommonTopics.TEMPERATURE)).containsExactly(Celsius.of(19), Celsius.of(21));
    }

    @Test
    void beforeTheFirstReadingNoTemperatureIsPublished() {
        var scenario = scenario(sensorOnly());

        scenario.at("1s", failed("sensor-no-data")).until("1h");

        assertThat(scenario.published(CommonTopics.TEMPERATURE)).isEmpty();
    }

    @Test
    void aPublishedTemperatureExpires() {
        var scenario = scenario(sensorOnly());

        scenario.at("10s", sensed(19)).at("18s", sensed(19)).until("39s");
        assertThat(temperature(scenario.last()))
                .hasSize(1)
                .allMatch(published -> published.expiresAt().equals(scenario.instant("40s")));

        scenario.until("41s");
        assertThat(temperature(scenario.last())).isEmpty();
    }

    @Test
    void anAircoPublishesTheTemperatureOfItsOwnSensor() {
        var scenario = scenario(quick());

        scenario.at("1s", sensed(19));

        assertThat(scenario.published(CommonTopics.TEMPERATURE)).containsExactly(Celsius.of(19));
    }

    @Test
    void theThirdFailureInARowIsAFaultAlthoughAGoodReadingIsFresh() {
        var scenario = scenario(sensorOnly());

        scenario.at("0s", sensed(19)).at("2s", failed("sensor-no-data")).at("4s", failed("sensor-checksum"));
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");

        scenario.at("6s", failed("sensor-no-data"));
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");

        scenario.at("8s", sensed(19));
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data", "none");
    }

    @Test
    void anImplausibleReadingIsAFaultAndNotPublished() {
        var scenario = scenario(sensorOnly());

        scenario.at("0s", sensed(85)).at("20s", sensed(-31));

        assertThat(scenario.published(CommonTopics.TEMPERATURE)).isEmpty();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");
    }

    @Test
    void aNodeWithoutRelaysPublishesNothingAboutRelays() {
        var scenario = scenario(sensorOnly("airco.sources = a"));

        scenario.every("2s", "0s", "10m", sensed(17));

        assertThat(scenario.switchings()).isEmpty();
        assertThat(scenario.published(ClimateTopics.TARGET)).isEmpty();
        assertThat(scenario.published(CommonTopics.FAULT))
                .as("no output waits for the other")
                .containsExactly("none");
    }

    @Test
    void aNodeWithoutRelaysPublishesASilentSensorAlthoughItHasOtherSources() {
        var scenario = scenario(sensorOnly("airco.sources = a"));

        scenario.at("1s", sensed(17)).until("1m");

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-silent");
    }

    @Test
    void anAircoWithoutASensorOfItsOwnHasNoSensorFault() {
        var scenario = scenario(quick("airco.sources = a"));

        scenario.until("1h");

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "no-reading");
    }

    @Test
    void everyReadingIsPassedOnAndEveryFailureIsCounted() {
        Queue<Reading> readings = new ArrayDeque<>(List.of(WARM, SILENT, SILENT, WARM, SILENT));
        List<Reading> received = new ArrayList<>();
        AtomicLong errors = new AtomicLong();
        Sampler sampler = new Sampler(readings::remove, received::add, errors);

        for (int i = 0; i < 5; i++) {
            sampler.run();
        }

        assertThat(received).containsExactly(WARM, SILENT, SILENT, WARM, SILENT);
        assertThat(errors).hasValue(3);
    }

    @Test
    void aFailingSensorIsLoggedOnce() {
        Queue<Reading> readings = new ArrayDeque<>(List.of(WARM, SILENT, SILENT, WARM, SILENT, SILENT));
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
        List<Effect.Publish<?>> published = new ArrayList<>();
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Publish<?> publish && publish.topic().equals(CommonTopics.TEMPERATURE)) {
                published.add(publish);
            }
        }
        return published;
    }
}
