package hearth.proving.checker;

import hearth.proving.checker.SettingChecker.ActedCommandIds;
import hearth.proving.journal.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks the safety rules against the inputs and outputs of all devices.
 *
 * <p>It does not know how devices decide, only their inputs, their actions and messages, and the expectations of the
 * owner. In doubt it reports no violation; each violation that it reports is real.
 */
public final class IndependentChecker {

    private final FindingsRecorder findingsRecorder = new FindingsRecorder();
    private final List<EventObserver> sensor;
    private final List<EventObserver> airco;
    private final List<EventObserver> coffee;
    private final List<EventObserver> car;
    private final EventObserver[] all;
    private long now = Long.MIN_VALUE;

    public IndependentChecker(Expectations expectations) {
        SurvivingState coffeeState = new SurvivingState();
        SurvivingState carState = new SurvivingState();
        sensor = List.of(
                new FaultRecoveryChecker("sensor", expectations, findingsRecorder),
                new SensorFaultRecoveryChecker("sensor", expectations.sensing(), findingsRecorder),
                new PublishedTemperatureChecker("sensor", expectations.sensing(), findingsRecorder));
        airco = airco(expectations);
        coffee = List.of(
                coffeeState,
                new BrewChecker(expectations.coffee(), coffeeState, findingsRecorder),
                new FaultRecoveryChecker("coffee", expectations, findingsRecorder),
                new ResultChecker(
                        "coffee",
                        Set.of(BrewCauses.BREW, "coffee/cancel/set", "coffee/reset/set"),
                        expectations.coffee().brewTime(),
                        findingsRecorder));
        car = List.of(
                carState,
                new ApproachChecker(expectations.car(), carState, findingsRecorder),
                new FaultRecoveryChecker("car", expectations, findingsRecorder),
                new ResultChecker("car", Set.of("car/reset/set"), Duration.ZERO, findingsRecorder));
        List<EventObserver> observers = new ArrayList<>();
        List.of(sensor, airco, coffee, car).forEach(observers::addAll);
        all = observers.toArray(EventObserver[]::new);
    }

    /** The observed airco receives each event first, because the others read it. */
    private List<EventObserver> airco(Expectations expectations) {
        ObservedAirco observed = new ObservedAirco(expectations);
        SurvivingState savedState = new SurvivingState();
        ActedCommandIds actedIds = new ActedCommandIds(savedState);
        return List.of(
                observed,
                savedState,
                new RelayTimingChecker(observed, true, expectations, findingsRecorder),
                new RelayTimingChecker(observed, false, expectations, findingsRecorder),
                new OutputStateChecker(observed, expectations, findingsRecorder),
                new TemperatureBandChecker(observed, true, expectations, findingsRecorder),
                new TemperatureBandChecker(observed, false, expectations, findingsRecorder),
                new TargetChecker(expectations.comfort(), findingsRecorder),
                SettingChecker.forTarget(expectations.comfort(), actedIds, savedState, findingsRecorder),
                new SettingChecker("mode", "heat_cool", actedIds, savedState, findingsRecorder),
                new SettingChecker("preset", "home", actedIds, savedState, findingsRecorder),
                new LatchedFaultChecker(observed, actedIds, savedState, findingsRecorder),
                actedIds,
                new FaultRecoveryChecker(ObservedAirco.NODE, expectations, findingsRecorder),
                new SensorFaultRecoveryChecker(ObservedAirco.NODE, expectations.sensing(), findingsRecorder),
                new PublishedTemperatureChecker(ObservedAirco.NODE, expectations.sensing(), findingsRecorder),
                new ResultChecker(
                        ObservedAirco.NODE,
                        Set.of("airco/target/set", "airco/mode/set", "airco/preset/set", "airco/reset/set"),
                        Duration.ZERO,
                        findingsRecorder));
    }

    /** Entries must come in order of time. */
    public void accept(JournalEntry entry) {
        long at = entry.at().toMillis();
        if (at > now) {
            for (EventObserver observer : all) {
                observer.onInstantEnd(now, at);
            }
            now = at;
        } else if (at < now) {
            throw new IllegalArgumentException("entry out of order: " + at + " ms after " + now + " ms: " + entry);
        }
        for (EventObserver observer : observersOf(entry.node())) {
            observer.onEvent(at, entry.event());
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

    /** The findings up to the last instant that has ended: an instant is checked when a later one begins. */
    public Findings findings() {
        return findingsRecorder.findings();
    }
}
