package hearth.proving.year;

import hearth.simulator.plant.CoffeeMachine;
import hearth.simulator.plant.Room;
import hearth.simulator.plant.YearWeather;
import java.time.Duration;

/** The room, the weather and the coffee machine, with sums of comfort and energy. Time counts from the start. */
final class YearHouse {

    private static final double HEATER_KW = 1.5;
    private static final double COOLER_KW = 2.0;

    private final YearWeather weather;
    private final Duration weatherOffset;
    private final Room room = new Room(18.5, 18);
    private final CoffeeMachine coffeeMachine = new CoffeeMachine();
    private Duration elapsed = Duration.ZERO;
    private boolean heating;
    private boolean cooling;
    private boolean brewing;
    private double comfortMinC = 18;
    private double comfortMaxC = 22;
    private boolean comfortCounted = true;
    private double heatingS;
    private double coolingS;
    private double tooColdKs;
    private double tooWarmKs;
    private long cupsTaken;

    /** @param firstDay the day of the year at time zero */
    YearHouse(YearWeather weather, int firstDay) {
        this.weather = weather;
        this.weatherOffset = Duration.ofDays(firstDay);
    }

    /** Simulates the time until then with the present relay levels. */
    void advanceTo(Duration until) {
        Duration time = until.minus(elapsed);
        if (time.isZero()) {
            return;
        }
        room.advance(
                time,
                weather.outsideC(weatherOffset.plus(elapsed)),
                weather.sunW(weatherOffset.plus(elapsed)),
                heating,
                cooling);
        coffeeMachine.advance(time, brewing);
        if (coffeeMachine.ready()) {
            coffeeMachine.takeCup();
            cupsTaken++;
        }
        double seconds = time.toMillis() / 1000.0;
        heatingS += heating ? seconds : 0;
        coolingS += cooling ? seconds : 0;
        tooColdKs += comfortCounted ? Math.max(0, comfortMinC - room.airC()) * seconds : 0;
        tooWarmKs += comfortCounted ? Math.max(0, room.airC() - comfortMaxC) * seconds : 0;
        elapsed = until;
    }

    void heat(boolean on) {
        heating = on;
    }

    void cool(boolean on) {
        cooling = on;
    }

    void brew(boolean on) {
        brewing = on;
    }

    void window(boolean open) {
        room.window(open);
    }

    /** Sets the comfort band. @param counted false while comfort does not count, such as in mode off */
    void setComfortBand(double from, double to, boolean counted) {
        comfortMinC = from;
        comfortMaxC = to;
        comfortCounted = counted;
    }

    double roomC() {
        return room.airC();
    }

    double outsideC() {
        return weather.outsideC(weatherOffset.plus(elapsed));
    }

    double heatKwh() {
        return heatingS / 3600 * HEATER_KW;
    }

    double coldKwh() {
        return coolingS / 3600 * COOLER_KW;
    }

    double tooColdKh() {
        return tooColdKs / 3600;
    }

    double tooWarmKh() {
        return tooWarmKs / 3600;
    }

    long cupsTaken() {
        return cupsTaken;
    }
}
