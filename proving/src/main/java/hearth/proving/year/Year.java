package hearth.proving.year;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event.Said;
import hearth.simulator.plant.Climate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** So many days of the house, from one seed. Runs once. */
public final class Year {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int FIRST_OF_JANUARY_2030 = 1; // A Tuesday.

    private final Plan plan;
    private final World world;
    private final Household household;
    private final Installation house;
    private final People people;
    private final Mischief mischief;
    private final Tally tally = new Tally();
    private double target = 20;
    private String mode = "heat_cool";
    private String preset = "home";

    /** @param journal told all that happens, as it happens */
    public Year(Plan plan, Tampering tampering, Consumer<Entry> journal) {
        this.plan = plan;
        this.world = new World(plan.seed(), entry -> {
            tally.accept(entry);
            follow(entry);
            journal.accept(entry);
        });
        this.household = new Household(new Climate(plan.seed(), plan.firstDay() + plan.days()), plan.firstDay());
        this.house = new Installation(world, household, tampering);
        this.people = new People(world, household);
        this.mischief = new Mischief(world, house);
    }

    /** Lets it all happen. @param view shown the house every minute @param progress told what has passed, each day */
    public void run(WorldView view, Consumer<Duration> progress) {
        world.timers().every("view", LOOK, () -> view.world(world.age(), household.roomC(), household.outsideC()));
        house.computers().forEach(Computer::powerOn);
        if (plan.mischief()) {
            mischief.plan(plan.days());
        }
        for (int day = 0; day < plan.days(); day++) {
            int ofYear = plan.firstDay() + day;
            people.plan(ofYear);
            house.driver().plan((ofYear + FIRST_OF_JANUARY_2030) % 7 < 5);
            world.timers().advance(DAY);
            progress.accept(world.age());
        }
    }

    public Tally tally() {
        return tally;
    }

    /** The kinds of mishap that there are. */
    public List<String> kinds() {
        return mischief.kinds();
    }

    /** Kelvin times hours below the comfortable band, while somebody wanted it kept. */
    public double tooColdKh() {
        return household.tooColdKh();
    }

    public double tooWarmKh() {
        return household.tooWarmKh();
    }

    public double heatKwh() {
        return household.heatKwh();
    }

    public double coldKwh() {
        return household.coldKwh();
    }

    /** How often the car came home, announced or not. */
    public long arrivals() {
        return house.driver().arrivals();
    }

    private void follow(Entry entry) {
        if (entry.event() instanceof Said said && entry.node().equals("airco")) {
            switch (said.topic()) {
                case "airco/target" -> target = Double.parseDouble(said.payload());
                case "airco/mode" -> mode = said.payload();
                case "airco/preset" -> preset = said.payload();
                default -> {
                    return;
                }
            }
            household.pass(world.age());
            household.comfort(target - 2, target + 2, mode.equals("heat_cool") && preset.equals("home"));
        }
    }
}
