package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryPrinterTest {

    private final List<String> output = new ArrayList<>();
    private final SnapshotBuilder snapshots =
            new SnapshotBuilder().message("car/distance", "13").message("car/presence", "away");
    private final StoryPrinter printer =
            new StoryPrinter(line -> output.add(line.text()), List.of("airco", "car"), snapshots.at(0));

    @Test
    void aRelayChangeIsPrintedWithThePublishedTemperature() {
        snapshots.room(18.0).heating = true;
        printer.observe(snapshots.at(6));
        snapshots.room(20.02).heating = false;
        printer.observe(snapshots.at(17));

        assertThat(output)
                .containsExactly(
                        "11:36  room 18.0 °C  heating on   (relay 17)", "11:47  room 20.0 °C  heating off  (relay 17)");
    }

    @Test
    void theRoomIsPrintedEveryFifteenMinutesWithoutAnEvent() {
        for (int minute = 1; minute <= 44; minute++) {
            printer.observe(snapshots.at(minute));
        }

        assertThat(output)
                .containsExactly("11:45  room 18.3 °C  outside 12.3 °C", "12:00  room 18.3 °C  outside 12.3 °C");
    }

    @Test
    void theTripHomeIsPrintedFromThePublishedMessages() {
        printer.observe(snapshots.message("car/distance", "11").at(1));
        printer.observe(snapshots.message("car/distance", "10").at(2));
        printer.observe(snapshots
                .message("car/presence", "approaching")
                .message("car/approach", "{\"trip\":\"a\",\"eta_s\":590}")
                .at(3));
        printer.observe(snapshots
                .message("car/approach", "{\"trip\":\"a\",\"eta_s\":500}")
                .at(4));
        snapshots.brewing = true;
        printer.observe(snapshots.at(7));
        snapshots.cupReadyForMin = 0;
        printer.observe(snapshots.at(12));
        snapshots.carHome = true;
        snapshots.cupReadyForMin = 2;
        printer.observe(snapshots.message("car/presence", "home").at(14));

        assertThat(output)
                .containsExactly(
                        "11:32  car 10 km from home",
                        "11:33  car publishes: coming, home in 10 min",
                        "11:37  coffee machine on   (relay 22)",
                        "11:42  the coffee is ready",
                        "11:44  car publishes: home",
                        "11:44  the car is home: the coffee has been ready for 2 min");
    }

    @Test
    void aCancelledApproachIsPrinted() {
        printer.observe(snapshots
                .message("car/approach", "{\"trip\":\"a\",\"eta_s\":590}")
                .at(3));
        printer.observe(snapshots
                .message("car/approach", "{\"trip\":\"a\",\"called_off\":true}")
                .at(5));

        assertThat(output).contains("11:35  car publishes: approach cancelled");
    }

    @Test
    void theStatusAndTheFaultOfANodeArePrinted() {
        printer.observe(snapshots.message("airco/status", "offline").at(1));
        printer.observe(snapshots.message("airco/status", "online").at(2));
        printer.observe(snapshots.message("airco/fault", "sensor-stale").at(3));

        assertThat(output)
                .containsExactly(
                        "11:31  airco is offline", "11:32  airco is online", "11:33  airco has a fault: sensor-stale");
    }

    @Test
    void malformedMessagesArePrintedAndHaveNoOtherEffect() {
        printer.observe(snapshots
                .message("car/approach", "soon")
                .message("sensor/temperature", "NaN")
                .at(1));
        snapshots.heating = true;
        printer.observe(snapshots.at(2));

        assertThat(output)
                .containsExactly(
                        "11:31  car publishes an unreadable approach: not valid JSON",
                        "11:32  room 18.4 °C (at the sensor)  heating on   (relay 17)");
    }
}
