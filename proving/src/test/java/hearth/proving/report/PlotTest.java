package hearth.proving.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlotTest {

    private final Plot plot = new Plot(Duration.ofDays(2));

    @Test
    void tenMinutesOfTheRoomAreItsLowestMeanAndHighest() {
        plot.world(minutes(0), 18, 5);
        plot.world(minutes(5), 19, 6);
        plot.world(minutes(9), 23, 7);
        plot.world(minutes(10), 21, 9);

        assertThat(plot.room().lowest()).containsExactly(18, 21);
        assertThat(plot.room().mean()).containsExactly(20, 21);
        assertThat(plot.room().highest()).containsExactly(23, 21);
        assertThat(plot.outside().mean()).containsExactly(6, 9);
    }

    @Test
    void timeNobodyLookedAtIsAGap() {
        plot.world(minutes(0), 18, 5);
        plot.world(minutes(20), 20, 5);

        assertThat(plot.room().lowest()).containsExactly(18, Double.NaN, 20);
        assertThat(plot.room().mean()).containsExactly(18, Double.NaN, 20);
    }

    @Test
    void theLastMomentBelongsToTheLastBucket() {
        plot.world(Duration.ofDays(2), 18, 5);

        assertThat(plot.room().used()).isEqualTo(288);
    }

    @Test
    void aRunIsFromOnToOff() {
        driven(1, 17, true);
        driven(5, 17, true);
        driven(11, 17, false);
        driven(12, 17, false);
        driven(20, 27, true);
        driven(23, 27, false);

        assertThat(plot.runs(17).seconds()).containsExactly(60, 660);
        assertThat(plot.runs(27).seconds()).containsExactly(1200, 1380);
        assertThat(plot.runs(17).total()).isEqualTo(minutes(10));
        assertThat(plot.runs(17).count()).isEqualTo(1);
    }

    @Test
    void aRelayThatRefusesStaysAsItWas() {
        plot.accept(entry(1, "airco", new Event.Driven(17, true, false)));
        driven(2, 17, true);
        plot.accept(entry(3, "airco", new Event.Driven(17, false, false)));
        driven(4, 17, false);

        assertThat(plot.runs(17).seconds()).containsExactly(120, 240);
    }

    @Test
    void aPowerCutEndsTheRunsOfItsDeviceAlone() {
        driven(1, 17, true);
        plot.accept(entry(1, "coffee", new Event.Driven(22, true, true)));
        plot.accept(entry(2, "airco", new Event.PowerCut()));
        plot.accept(entry(7, "coffee", new Event.Driven(22, false, true)));

        assertThat(plot.runs(17).seconds()).containsExactly(60, 120);
        assertThat(plot.runs(22).seconds()).containsExactly(60, 420);
    }

    @Test
    void whatGoesOnAtTheEndIsDrawnUpToIt() {
        driven(1, 17, true);
        said(2, "airco", "airco/fault", "sensor-short");
        plot.world(minutes(30), 20, 10);
        plot.close();

        assertThat(plot.runs(17).seconds()).containsExactly(60, 1800);
        assertThat(plot.faults().get("airco sensor-short").seconds()).containsExactly(120, 1800);
    }

    @Test
    void theSetPointIsKnownByItsChanges() {
        said(0, "airco", "airco/target", "20.0");
        said(5, "airco", "airco/target", "20.0");
        said(7, "airco", "airco/target", "21.5");
        said(8, "airco", "airco/target", "NaN");
        said(9, "sensor", "sensor/temperature", "19.5");
        said(10, "airco", "airco/target", "20.0");

        assertThat(plot.target().seconds()).containsExactly(0, 420, 600);
        assertThat(plot.target().values()).containsExactly(20, 21.5, 20);
    }

    @Test
    void whileItIsSwitchedOffThereIsNoSetPoint() {
        said(0, "airco", "airco/target", "20.0");
        said(1, "airco", "airco/mode", "heat");
        said(2, "airco", "airco/mode", "off");
        said(3, "airco", "airco/target", "21.0");
        said(4, "airco", "airco/mode", "heat_cool");

        assertThat(plot.target().seconds()).containsExactly(0, 120, 240);
        assertThat(plot.target().values()).containsExactly(20, Double.NaN, 21);
    }

    @Test
    void aMishapLastsAsLongAsItsDetailSays() {
        for (String detail : new String[] {"40 s", "", "airco", "NaN s", "-5 s", "9999999999999 s"}) {
            plot.accept(entry(1, "", new Event.Mishap("any", detail)));
        }
        assertThat(plot.mishaps().get("any").lengths()).containsExactly(40, 0, 0, 0, 0, 0);
    }

    @Test
    void aFaultLastsUntilItsDeviceSaysAnotherOrNone() {
        said(0, "airco", "airco/fault", "none");
        said(1, "airco", "airco/fault", "sensor-short");
        said(2, "sensor", "sensor/fault", "sensor-short");
        said(3, "airco", "airco/fault", "sensor-silent");
        said(3, "airco", "airco/fault", "sensor-silent");
        said(5, "airco", "airco/fault", "none");
        said(9, "sensor", "sensor/fault", "none");

        assertThat(plot.faults()).containsOnlyKeys("airco sensor-short", "airco sensor-silent", "sensor sensor-short");
        assertThat(plot.faults().get("airco sensor-short").seconds()).containsExactly(60, 180);
        assertThat(plot.faults().get("airco sensor-silent").seconds()).containsExactly(180, 300);
        assertThat(plot.faults().get("sensor sensor-short").longest()).isEqualTo(minutes(7));
    }

    @Test
    void aTripAndABrewCountOnceHoweverOftenTheyAreSaid() {
        said(1, "car", "car/approach", "{\"trip\":\"a\",\"eta_s\":600}");
        said(2, "car", "car/approach", "{\"trip\":\"a\",\"eta_s\":500}");
        said(3, "car", "car/approach", "{\"trip\":\"a\",\"called_off\":true}");
        said(4, "car", "car/approach", "{\"trip\":\"b\",\"eta_s\":600}");
        said(5, "coffee", "coffee/brewed", "{\"id\":\"b\",\"for\":\"trip\",\"seconds\":360}");
        said(6, "coffee", "coffee/brewed", "{\"id\":\"b\",\"for\":\"trip\",\"seconds\":360}");
        said(7, "car", "car/approach", "");

        assertThat(plot.trips().seconds()).containsExactly(60, 240);
        assertThat(plot.brews().seconds()).containsExactly(300);
        assertThat(plot.brews().count()).isEqualTo(1);
    }

    @Test
    void mishapsAreCountedByKind() {
        plot.accept(entry(1, "", new Event.Mishap("broker-forgot", "")));
        plot.accept(entry(2, "airco", new Event.Mishap("sensor-short", "for 40 s")));
        plot.accept(entry(3, "", new Event.Mishap("broker-forgot", "")));

        assertThat(plot.mishaps()).containsOnlyKeys("broker-forgot", "sensor-short");
        assertThat(plot.mishaps().get("broker-forgot").seconds()).containsExactly(60, 180);
        assertThat(plot.mishapCount()).isEqualTo(3);
    }

    @Test
    void noFloodMakesItGrowBeyondItsBounds() {
        int flood = Spells.MOST + 1_000;
        for (int second = 0; second < flood; second++) {
            Duration at = Duration.ofSeconds(second);
            plot.accept(new Entry(at, "", new Event.Mishap("kind-" + second, "")));
            plot.accept(new Entry(at, "airco", new Event.Driven(17, true, true)));
            plot.accept(new Entry(at.plusMillis(500), "airco", new Event.Driven(17, false, true)));
            plot.accept(new Entry(at, "airco", new Event.Said("airco/target", second + ".0", 1, true, 0)));
            plot.accept(new Entry(at, "airco", new Event.Said("airco/fault", "code-" + second, 1, true, 0)));
        }

        assertThat(plot.mishaps()).hasSize(Plot.MOST_KINDS + 1).containsKey(Plot.OTHER);
        assertThat(plot.faults()).hasSize(Plot.MOST_KINDS + 1).containsKey(Plot.OTHER);
        assertThat(plot.mishapCount()).isEqualTo(flood);
        assertThat(plot.mishaps().get(Plot.OTHER).seconds()).hasSize(Marks.MOST);
        assertThat(plot.runs(17).seconds()).hasSize(2 * Spells.MOST);
        assertThat(plot.runs(17).count()).isEqualTo(flood);
        assertThat(plot.target().seconds()).hasSize(Steps.MOST);
        assertThat(plot.target().count()).isEqualTo(flood);
    }

    @Test
    void whatConcernsNobodyHereIsPassedOver() {
        plot.accept(entry(1, "sensor", new Event.Read(OptionalDouble.of(20), "")));
        plot.accept(entry(1, "airco", new Event.Driven(5, true, true)));
        plot.accept(entry(1, "airco", new Event.Kept(Map.of())));

        assertThat(plot.mishapCount() + plot.trips().count() + plot.runs(17).count())
                .isZero();
        assertThatThrownBy(() -> plot.runs(5)).hasMessageContaining("pin 5");
    }

    private void driven(int minute, int pin, boolean on) {
        plot.accept(entry(minute, "airco", new Event.Driven(pin, on, true)));
    }

    private void said(int minute, String node, String topic, String payload) {
        plot.accept(entry(minute, node, new Event.Said(topic, payload, 1, true, Long.MAX_VALUE)));
    }

    private static Entry entry(int minute, String node, Event event) {
        return new Entry(minutes(minute), node, event);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
