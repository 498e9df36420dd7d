package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarratorTest {

    private final List<String> page = new ArrayList<>();
    private final Sights house = new Sights().hear("car/distance", "13").hear("car/presence", "away");
    private final Narrator narrator = new Narrator(line -> page.add(line.text()), List.of("airco", "car"), house.at(0));

    @Test
    void aRelayIsToldWithTheTemperatureThatWasHeard() {
        house.room(18.0).heating = true;
        narrator.sees(house.at(6));
        house.room(20.02).heating = false;
        narrator.sees(house.at(17));

        assertThat(page)
                .containsExactly(
                        "11:36  room 18.0 °C  heating on   (relay 17)", "11:47  room 20.0 °C  heating off  (relay 17)");
    }

    @Test
    void whatDoesNotChangeIsToldOnceInAQuarterOfAnHour() {
        for (int minute = 1; minute <= 44; minute++) {
            narrator.sees(house.at(minute));
        }

        assertThat(page)
                .containsExactly("11:45  room 18.3 °C  outside 12.3 °C", "12:00  room 18.3 °C  outside 12.3 °C");
    }

    @Test
    void theDriveHomeIsToldAsTheBrokerPassesItOn() {
        narrator.sees(house.hear("car/distance", "11").at(1));
        narrator.sees(house.hear("car/distance", "10").at(2));
        narrator.sees(house.hear("car/presence", "approaching")
                .hear("car/approach", "{\"trip\":\"a\",\"eta_s\":590}")
                .at(3));
        narrator.sees(
                house.hear("car/approach", "{\"trip\":\"a\",\"eta_s\":500}").at(4));
        house.brewing = true;
        narrator.sees(house.at(7));
        house.cupReadyForMin = 0;
        narrator.sees(house.at(12));
        house.carHome = true;
        house.cupReadyForMin = 2;
        narrator.sees(house.hear("car/presence", "home").at(14));

        assertThat(page)
                .containsExactly(
                        "11:32  car 10 km from home",
                        "11:33  car says: coming, home in 10 min",
                        "11:37  coffee machine on   (relay 22)",
                        "11:42  the coffee is ready",
                        "11:44  car says: home",
                        "11:44  the car is home: the coffee has been ready for 2 min");
    }

    @Test
    void aTripCalledOffIsTold() {
        narrator.sees(
                house.hear("car/approach", "{\"trip\":\"a\",\"eta_s\":590}").at(3));
        narrator.sees(house.hear("car/approach", "{\"trip\":\"a\",\"called_off\":true}")
                .at(5));

        assertThat(page).contains("11:35  car says: not coming after all");
    }

    @Test
    void aNodeThatGoesAndComesBackIsTold() {
        narrator.sees(house.hear("airco/status", "offline").at(1));
        narrator.sees(house.hear("airco/status", "online").at(2));
        narrator.sees(house.hear("airco/fault", "sensor-stale").at(3));

        assertThat(page)
                .containsExactly(
                        "11:31  airco is offline", "11:32  airco is online", "11:33  airco has a fault: sensor-stale");
    }

    @Test
    void nonsenseOnTheBusIsToldAndHarmsNothing() {
        narrator.sees(house.hear("car/approach", "soon")
                .hear("sensor/temperature", "NaN")
                .at(1));
        house.heating = true;
        narrator.sees(house.at(2));

        assertThat(page)
                .containsExactly(
                        "11:31  car says something odd: not valid JSON",
                        "11:32  room 18.4 °C (at the sensor)  heating on   (relay 17)");
    }
}
