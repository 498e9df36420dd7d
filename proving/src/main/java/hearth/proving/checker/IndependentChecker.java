package hearth.proving.checker;

import hearth.proving.checker.SettingChecker.ActedCommandIds;
import hearth.proving.journal.JournalEntry;
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
public final class IndependentChecker {

    private final FindingsRecorder findingsRecorder = new FindingsRecorder();
    private final List<EventObserver> sensor;
    private final List<EventObserver> airco;
    private final List<EventObserver> coffee;
    private final List<EventObserver> car;
    private final EventObserver[] all;
    private long now = Long.MIN_VALUE;

    public IndependentChecker(Expectations house) {
        SurvivingState coffeeNotes = new SurvivingState();
        SurvivingState carNotes = new SurvivingState();
        sensor = List.of(
                new FaultRecoveryChecker("sensor", house, findingsRecorder),
                new SensorFaultRecoveryChecker("sensor", house.sensing(), findingsRecorder),
                new PublishedTemperatureChecker("sensor", house.sensing(), findingsRecorder));
        airco = airco(house);
        coffee = List.of(
                coffeeNotes,
                new BrewChecker(house.coffee(), coffeeNotes, findingsRecorder),
                new FaultRecoveryChecker("coffee", house, findingsRecorder),
                new ResultChecker(
                        "coffee",
                        Set.of(BrewCauses.BREW, "coffee/cancel/set", "coffee/reset/set"),
                        house.coffee().brewTime(),
                        findingsRecorder));
        car = List.of(
                carNotes,
                new ApproachChecker(house.car(), carNotes, findingsRecorder),
                new FaultRecoveryChecker("car", house, findingsRecorder),
                new ResultChecker("car", Set.of("car/reset/set"), Duration.ZERO, findingsRecorder));
        List<EventObserver> watches = new ArrayList<>();
        List.of(sensor, airco, coffee, car).forEach(watches::addAll);
        all = watches.toArray(EventObserver[]::new);
    }

    /** What the others know of the airco comes first. */
    private List<EventObserver> airco(Expectations house) {
        ObservedAirco skin = new ObservedAirco(house);
        SurvivingState notes = new SurvivingState();
        ActedCommandIds acted = new ActedCommandIds(notes);
        return List.of(
                skin,
                notes,
                new RelayTimingChecker(skin, true, house, findingsRecorder),
                new RelayTimingChecker(skin, false, house, findingsRecorder),
                new OutputStateChecker(skin, house, findingsRecorder),
                new TemperatureBandChecker(skin, true, house, findingsRecorder),
                new TemperatureBandChecker(skin, false, house, findingsRecorder),
                new TargetChecker(house.comfort(), findingsRecorder),
                SettingChecker.forTarget(house.comfort(), acted, notes, findingsRecorder),
                new SettingChecker("mode", "heat_cool", acted, notes, findingsRecorder),
                new SettingChecker("preset", "home", acted, notes, findingsRecorder),
                new LatchedFaultChecker(skin, acted, notes, findingsRecorder),
                acted,
                new FaultRecoveryChecker(ObservedAirco.NODE, house, findingsRecorder),
                new SensorFaultRecoveryChecker(ObservedAirco.NODE, house.sensing(), findingsRecorder),
                new PublishedTemperatureChecker(ObservedAirco.NODE, house.sensing(), findingsRecorder),
                new ResultChecker(
                        ObservedAirco.NODE,
                        Set.of("airco/target/set", "airco/mode/set", "airco/preset/set", "airco/reset/set"),
                        Duration.ZERO,
                        findingsRecorder));
    }

    /** In order of time. */
    public void accept(JournalEntry entry) {
        long at = entry.at().toMillis();
        if (at > now) {
            for (EventObserver watch : all) {
                watch.onInstantEnd(now, at);
            }
            now = at;
        } else if (at < now) {
            throw new IllegalArgumentException("out of order: " + at + " ms after " + now + " ms: " + entry);
        }
        for (EventObserver watch : observersOf(entry.node())) {
            watch.onEvent(at, entry.event());
        }
    }

    private List<EventObserver> observersOf(String node) {
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
        return findingsRecorder.findings();
    }
}
