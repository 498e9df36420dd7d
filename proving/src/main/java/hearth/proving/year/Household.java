package hearth.proving.year;

import hearth.simulator.plant.Climate;
import hearth.simulator.plant.CoffeeMachine;
import hearth.simulator.plant.Room;
import java.time.Duration;

/** The room and its weather, the coffee machine, and what comfort and energy they came to. Time counts from the begin. */
final class Household {

    private static final double HEATER_KW = 1.5;
    private static final double COOLER_KW = 2.0;

    private final Climate climate;
    private final Duration begin;
    private final Room room = new Room(18.5, 18);
    private final CoffeeMachine machine = new CoffeeMachine();
    private Duration age = Duration.ZERO;
    private boolean heating;
    private boolean cooling;
    private boolean brewing;
    private double fromC = 18;
    private double toC = 22;
    private boolean matters = true;
    private double heatingS;
    private double coolingS;
    private double tooColdKs;
    private double tooWarmKs;
    private long cupsTaken;

    /** @param firstDay of the year, in which time zero falls */
    Household(Climate climate, int firstDay) {
        this.climate = climate;
        this.begin = Duration.ofDays(firstDay);
    }

    /** Lets time pass until then, all being as it is. */
    void pass(Duration until) {
        Duration time = until.minus(age);
        if (time.isZero()) {
            return;
        }
        room.pass(time, climate.outsideC(begin.plus(age)), climate.sunW(begin.plus(age)), heating, cooling);
        machine.pass(time, brewing);
        if (machine.ready()) {
            machine.takeCup();
            cupsTaken++;
        }
        double seconds = time.toMillis() / 1000.0;
        heatingS += heating ? seconds : 0;
        coolingS += cooling ? seconds : 0;
        tooColdKs += matters ? Math.max(0, fromC - room.airC()) * seconds : 0;
        tooWarmKs += matters ? Math.max(0, room.airC() - toC) * seconds : 0;
        age = until;
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

    /** What people would like. @param matters false while they want neither heating nor cooling */
    void comfort(double from, double to, boolean nowMatters) {
        fromC = from;
        toC = to;
        matters = nowMatters;
    }

    double roomC() {
        return room.airC();
    }

    double outsideC() {
        return climate.outsideC(begin.plus(age));
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
