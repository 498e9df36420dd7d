package hearth.proving.checker;

import hearth.proving.checker.SettingWatch.Acted;
import hearth.proving.journal.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sees what crosses the skins of a house's devices, and says whether the safety rules held.
 *
 * <p>It knows nothing of how devices decide: only what they were given, what they did and said, and what the owner
 * expects. In doubt it finds nothing; what it finds is so.
 */
public final class Observer {

    private final Ledger ledger = new Ledger();
    private final List<Watch> sensor;
    private final List<Watch> airco;
    private final List<Watch> coffee;
    private final List<Watch> car;
    private final Watch[] all;
    private long now = Long.MIN_VALUE;

    public Observer(Expectations house) {
        Notes coffeeNotes = new Notes();
        Notes carNotes = new Notes();
        sensor = List.of(
                new FaultWatch("sensor", house, ledger),
                new HealWatch("sensor", house.sensing(), ledger),
                new TemperatureWatch("sensor", house.sensing(), ledger));
        airco = airco(house);
        coffee = List.of(
                coffeeNotes,
                new CoffeeWatch(house.coffee(), coffeeNotes, ledger),
                new FaultWatch("coffee", house, ledger),
                new AnswerWatch(
                        "coffee",
                        Set.of(Reasons.BREW, "coffee/cancel/set", "coffee/reset/set"),
                        house.coffee().brewTime(),
                        ledger));
        car = List.of(
                carNotes,
                new CarWatch(house.car(), carNotes, ledger),
                new FaultWatch("car", house, ledger),
                new AnswerWatch("car", Set.of("car/reset/set"), Duration.ZERO, ledger));
        List<Watch> watches = new ArrayList<>();
        List.of(sensor, airco, coffee, car).forEach(watches::addAll);
        all = watches.toArray(Watch[]::new);
    }

    /** What the others know of the airco comes first. */
    private List<Watch> airco(Expectations house) {
        Airco skin = new Airco(house);
        Notes notes = new Notes();
        Acted acted = new Acted(notes);
        return List.of(
                skin,
                notes,
                new RelayWatch(skin, true, house, ledger),
                new RelayWatch(skin, false, house, ledger),
                new StateWatch(skin, house, ledger),
                new BandWatch(skin, true, house, ledger),
                new BandWatch(skin, false, house, ledger),
                new SetPointWatch(house.comfort(), ledger),
                SettingWatch.ofTheTarget(house.comfort(), acted, notes, ledger),
                new SettingWatch("mode", "heat_cool", acted, notes, ledger),
                new SettingWatch("preset", "home", acted, notes, ledger),
                new LatchWatch(skin, acted, notes, ledger),
                acted,
                new FaultWatch(Airco.NODE, house, ledger),
                new HealWatch(Airco.NODE, house.sensing(), ledger),
                new TemperatureWatch(Airco.NODE, house.sensing(), ledger),
                new AnswerWatch(
                        Airco.NODE,
                        Set.of("airco/target/set", "airco/mode/set", "airco/preset/set", "airco/reset/set"),
                        Duration.ZERO,
                        ledger));
    }

    /** In order of time. */
    public void see(Entry entry) {
        long at = entry.at().toMillis();
        if (at > now) {
            for (Watch watch : all) {
                watch.over(now, at);
            }
            now = at;
        } else if (at < now) {
            throw new IllegalArgumentException("out of order: " + at + " ms after " + now + " ms: " + entry);
        }
        for (Watch watch : of(entry.node())) {
            watch.see(at, entry.event());
        }
    }

    private List<Watch> of(String node) {
        return switch (node) {
            case "sensor" -> sensor;
            case "airco" -> airco;
            case "coffee" -> coffee;
            case "car" -> car;
            default -> List.of();
        };
    }

    /** Up to the last instant that is over: one under way is judged when a later one begins. */
    public Findings findings() {
        return ledger.findings();
    }
}
