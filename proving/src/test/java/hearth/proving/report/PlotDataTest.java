package hearth.proving.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlotDataTest {

    private final PlotData plot = new PlotData(Duration.ofDays(2));

    @Test
    void tenMinutesOfTheRoomBecomeLowestMeanAndHighest() {
        plot.addTrueTemperatures(minutes(0), 18, 5);
        plot.addTrueTemperatures(minutes(5), 19, 6);
        plot.addTrueTemperatures(minutes(9), 23, 7);
        plot.addTrueTemperatures(minutes(10), 21, 9);

        assertThat(plot.room().lowest()).containsExactly(18, 21);
        assertThat(plot.room().mean()).containsExactly(20, 21);
        assertThat(plot.room().highest()).containsExactly(23, 21);
        assertThat(plot.outside().mean()).containsExactly(6, 9);
    }

    @Test
    void timeWithoutSamplesIsAGap() {
        plot.addTrueTemperatures(minutes(0), 18, 5);
        plot.addTrueTemperatures(minutes(20), 20, 5);

        assertThat(plot.room().lowest()).containsExactly(18, Double.NaN, 20);
        assertThat(plot.room().mean()).containsExactly(18, Double.NaN, 20);
    }

    @Test
    void theLastMomentBelongsToTheLastBucket() {
        plot.addTrueTemperatures(Duration.ofDays(2), 18, 5);

        assertThat(plot.room().bucketCount()).isEqualTo(288);
    }

    @Test
    void aPeriodLastsFromOnToOff() {
        addOutput(1, 17, true);
        addOutput(5, 17, true);
        addOutput(11, 17, false);
        addOutput(12, 17, false);
        addOutput(20, 27, true);
        addOutput(23, 27, false);

        assertThat(plot.runs(17).seconds()).containsExactly(60, 660);
        assertThat(plot.runs(27).seconds()).containsExactly(1200, 1380);
        assertThat(plot.runs(17).total()).isEqualTo(minutes(10));
        assertThat(plot.runs(17).count()).isEqualTo(1);
    }

    @Test
    void aRelayThatFailsToSwitchIsUnchanged() {
        plot.accept(entry(1, "airco", new JournalEvent.OutputDriven(17, true, false)));
        addOutput(2, 17, true);
        plot.accept(entry(3, "airco", new JournalEvent.OutputDriven(17, false, false)));
        addOutput(4, 17, false);

        assertThat(plot.runs(17).seconds()).containsExactly(120, 240);
    }

    @Test
    void aPowerCutEndsOnlyThePeriodsOfItsDevice() {
        addOutput(1, 17, true);
        plot.accept(entry(1, "coffee", new JournalEvent.OutputDriven(22, true, true)));
        plot.accept(entry(2, "airco", new JournalEvent.PowerCut()));
        plot.accept(entry(7, "coffee", new JournalEvent.OutputDriven(22, false, true)));

        assertThat(plot.runs(17).seconds()).containsExactly(60, 120);
        assertThat(plot.runs(22).seconds()).containsExactly(60, 420);
    }

    @Test
    void openPeriodsAreDrawnToTheEnd() {
        addOutput(1, 17, true);
        addPublished(2, "airco", "airco/fault", "sensor-short");
        plot.addTrueTemperatures(minutes(30), 20, 10);
        plot.close();

        assertThat(plot.runs(17).seconds()).containsExactly(60, 1800);
        assertThat(plot.faults().get("airco sensor-short").seconds()).containsExactly(120, 1800);
    }

    @Test
    void theSetPointIsKnownByItsChanges() {
        addPublished(0, "airco", "airco/target", "20.0");
        addPublished(5, "airco", "airco/target", "20.0");
        addPublished(7, "airco", "airco/target", "21.5");
        addPublished(8, "airco", "airco/target", "NaN");
        addPublished(9, "sensor", "sensor/temperature", "19.5");
        addPublished(10, "airco", "airco/target", "20.0");

        assertThat(plot.target().seconds()).containsExactly(0, 420, 600);
        assertThat(plot.target().values()).containsExactly(20, 21.5, 20);
    }

    @Test
    void inModeOffThereIsNoSetPoint() {
        addPublished(0, "airco", "airco/target", "20.0");
        addPublished(1, "airco", "airco/mode", "heat");
        addPublished(2, "airco", "airco/mode", "off");
        addPublished(3, "airco", "airco/target", "21.0");
        addPublished(4, "airco", "airco/mode", "heat_cool");

        assertThat(plot.target().seconds()).containsExactly(0, 120, 240);
        assertThat(plot.target().values()).containsExactly(20, Double.NaN, 21);
    }

    @Test
    void anInjectedFaultHasTheDurationInItsDetail() {
        for (String detail : new String[] {"40 s", "", "airco", "NaN s", "-5 s", "9999999999999 s"}) {
            plot.accept(entry(1, "", new JournalEvent.InjectedFault("any", detail)));
        }
        assertThat(plot.injectedFaults().get("any").lengths()).containsExactly(40, 0, 0, 0, 0, 0);
    }

    @Test
    void aFaultLastsUntilItsDevicePublishesAnotherOrNone() {
        addPublished(0, "airco", "airco/fault", "none");
        addPublished(1, "airco", "airco/fault", "sensor-short");
        addPublished(2, "sensor", "sensor/fault", "sensor-short");
        addPublished(3, "airco", "airco/fault", "sensor-silent");
        addPublished(3, "airco", "airco/fault", "sensor-silent");
        addPublished(5, "airco", "airco/fault", "none");
        addPublished(9, "sensor", "sensor/fault", "none");

        assertThat(plot.faults()).containsOnlyKeys("airco sensor-short", "airco sensor-silent", "sensor sensor-short");
        assertThat(plot.faults().get("airco sensor-short").seconds()).containsExactly(60, 180);
        assertThat(plot.faults().get("airco sensor-silent").seconds()).containsExactly(180, 300);
        assertThat(plot.faults().get("sensor sensor-short").longest()).isEqualTo(minutes(7));
    }

    @Test
    void aTripAndABrewCountOnceAlsoIfPublishedRepeatedly() {
        addPublished(1, "car", "car/approach", "{\"trip\":\"a\",\"eta_s\":600}");
        addPublished(2, "car", "car/approach", "{\"trip\":\"a\",\"eta_s\":500}");
        addPublished(3, "car", "car/approach", "{\"trip\":\"a\",\"called_off\":true}");
        addPublished(4, "car", "car/approach", "{\"trip\":\"b\",\"eta_s\":600}");
        addPublished(5, "coffee", "coffee/brewed", "{\"id\":\"b\",\"for\":\"trip\",\"seconds\":360}");
        addPublished(6, "coffee", "coffee/brewed", "{\"id\":\"b\",\"for\":\"trip\",\"seconds\":360}");
        addPublished(7, "car", "car/approach", "");

        assertThat(plot.trips().seconds()).containsExactly(60, 240);
        assertThat(plot.brews().seconds()).containsExactly(300);
        assertThat(plot.brews().count()).isEqualTo(1);
    }

    @Test
    void injectedFaultsAreCountedByKind() {
        plot.accept(entry(1, "", new JournalEvent.InjectedFault("broker-forgot", "")));
        plot.accept(entry(2, "airco", new JournalEvent.InjectedFault("sensor-short", "for 40 s")));
        plot.accept(entry(3, "", new JournalEvent.InjectedFault("broker-forgot", "")));

        assertThat(plot.injectedFaults()).containsOnlyKeys("broker-forgot", "sensor-short");
        assertThat(plot.injectedFaults().get("broker-forgot").seconds()).containsExactly(60, 180);
        assertThat(plot.injectedFaultCount()).isEqualTo(3);
    }

    @Test
    void aFloodDoesNotGrowTheDataBeyondItsLimits() {
        int flood = Intervals.MAX_KEPT + 1_000;
        for (int second = 0; second < flood; second++) {
            Duration at = Duration.ofSeconds(second);
            plot.accept(new JournalEntry(at, "", new JournalEvent.InjectedFault("kind-" + second, "")));
            plot.accept(new JournalEntry(at, "airco", new JournalEvent.OutputDriven(17, true, true)));
            plot.accept(new JournalEntry(at.plusMillis(500), "airco", new JournalEvent.OutputDriven(17, false, true)));
            plot.accept(new JournalEntry(
                    at, "airco", new JournalEvent.MessagePublished("airco/target", second + ".0", 1, true, 0)));
            plot.accept(new JournalEntry(
                    at, "airco", new JournalEvent.MessagePublished("airco/fault", "code-" + second, 1, true, 0)));
        }

        assertThat(plot.injectedFaults()).hasSize(PlotData.MOST_KINDS + 1).containsKey(PlotData.OTHER);
        assertThat(plot.faults()).hasSize(PlotData.MOST_KINDS + 1).containsKey(PlotData.OTHER);
        assertThat(plot.injectedFaultCount()).isEqualTo(flood);
        assertThat(plot.injectedFaults().get(PlotData.OTHER).seconds()).hasSize(EventTimes.MAX_KEPT);
        assertThat(plot.runs(17).seconds()).hasSize(2 * Intervals.MAX_KEPT);
        assertThat(plot.runs(17).count()).isEqualTo(flood);
        assertThat(plot.target().seconds()).hasSize(StepSeries.MAX_KEPT);
        assertThat(plot.target().count()).isEqualTo(flood);
    }

    @Test
    void otherEventsAreIgnored() {
        plot.accept(entry(1, "sensor", new JournalEvent.SensorRead(OptionalDouble.of(20), "")));
        plot.accept(entry(1, "airco", new JournalEvent.OutputDriven(5, true, true)));
        plot.accept(entry(1, "airco", new JournalEvent.SaveRequested(Map.of())));

        assertThat(plot.injectedFaultCount()
                        + plot.trips().count()
                        + plot.runs(17).count())
                .isZero();
        assertThatThrownBy(() -> plot.runs(5)).hasMessageContaining("pin 5");
    }

    private void addOutput(int minute, int pin, boolean on) {
        plot.accept(entry(minute, "airco", new JournalEvent.OutputDriven(pin, on, true)));
    }

    private void addPublished(int minute, String node, String topic, String payload) {
        plot.accept(entry(minute, node, new JournalEvent.MessagePublished(topic, payload, 1, true, Long.MAX_VALUE)));
    }

    private static JournalEntry entry(int minute, String node, JournalEvent event) {
        return new JournalEntry(minutes(minute), node, event);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
