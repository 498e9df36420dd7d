package hearth.proving.checker;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Builds a journal by hand and passes it to a checker: {@code at("5m").heat(true).publishes("fault", "none")}. */
final class Timeline {

    static final int HEAT = 17;
    static final int COOL = 27;
    static final int COFFEE = 22;

    private static final Expectations EXPECTATIONS = Expectations.forSimulatedYear(52.0, 5.0);

    private final IndependentChecker checker = new IndependentChecker(EXPECTATIONS);
    private final String node;
    private Duration now = Duration.ZERO;

    private Timeline(String node) {
        this.node = node;
    }

    static Timeline of(String node) {
        return new Timeline(node);
    }

    /** An airco that has just booted and published its settings. */
    static Timeline ofAnAirco() {
        return of("airco").boot().publishesSettings("20.0", "heat_cool", "home");
    }

    /** @param time since the start: {@code 90s}, {@code 4h} or {@code 1d2h3m4.5s} */
    Timeline at(String time) {
        int day = time.indexOf('d');
        String days = time.substring(0, day + 1);
        String rest = time.substring(day + 1);
        now = Duration.parse("P" + days + (rest.isEmpty() ? "" : "T" + rest));
        return this;
    }

    Timeline after(Duration wait) {
        now = now.plus(wait);
        return this;
    }

    Timeline boot() {
        return boot(Map.of());
    }

    Timeline boot(Map<String, String> savedState) {
        return add(new JournalEvent.Booted("b", 0, false, savedState, List.of()))
                .readsWallClock("12:00");
    }

    /** A boot with a saved state that is known to be damaged. */
    Timeline bootWithLostState() {
        return add(new JournalEvent.Booted("b", 0, true, Map.of(), List.of())).readsWallClock("12:00");
    }

    Timeline readsWallClock(String hour) {
        return add(new JournalEvent.WallClockRead(Optional.of(hour)));
    }

    Timeline powerCut() {
        return add(new JournalEvent.PowerCut());
    }

    Timeline publishesSettings(String target, String mode, String preset) {
        return publishes("target", target)
                .publishes("mode", mode)
                .publishes("preset", preset)
                .publishes("action", mode.equals("off") ? "off" : "idle")
                .publishes("fault", "none");
    }

    Timeline readsSensor(double celsius) {
        return add(new JournalEvent.SensorRead(OptionalDouble.of(celsius), ""));
    }

    /** The sensor is read every 30 seconds until then. */
    Timeline readsSensor(double celsius, String until) {
        Duration end = Timeline.of("").at(until).now;
        for (readsSensor(celsius); now.plusSeconds(30).compareTo(end) <= 0; readsSensor(celsius)) {
            after(Duration.ofSeconds(30));
        }
        return this;
    }

    Timeline failsToReadSensor() {
        return add(new JournalEvent.SensorRead(OptionalDouble.empty(), "sensor-short"));
    }

    Timeline receives(String topic, String payload) {
        return add(new JournalEvent.MessageReceived(topic, payload, false, -1, -1));
    }

    Timeline receivesRetained(String topic, String payload, long lifetimeS, long remainingS) {
        return add(new JournalEvent.MessageReceived(topic, payload, true, lifetimeS, remainingS));
    }

    Timeline receivesExpired(String topic, String payload) {
        return add(new JournalEvent.MessageReceived(topic, payload, false, 60, 0));
    }

    Timeline publishes(String topic, String payload) {
        return add(new JournalEvent.MessagePublished(node + "/" + topic, payload, 1, true, Long.MAX_VALUE));
    }

    Timeline publishesResult(String id, String outcome) {
        return publishes(
                "result",
                "{\"command\":\"x\",\"id\":\"" + id + "\",\"outcome\":\"" + outcome
                        + "\",\"because\":\"a \\\"b\\\"\"}");
    }

    Timeline heat(boolean on) {
        return drives(HEAT, on).publishes("action", on ? "heating" : "idle");
    }

    Timeline cool(boolean on) {
        return drives(COOL, on).publishes("action", on ? "cooling" : "idle");
    }

    Timeline drives(int pin, boolean on) {
        return add(new JournalEvent.OutputDriven(pin, on, true));
    }

    Timeline failsToSwitchOn(int pin) {
        return add(new JournalEvent.OutputDriven(pin, true, false)).drives(pin, false);
    }

    Timeline savesState(Map<String, String> entries) {
        return add(new JournalEvent.SaveRequested(entries));
    }

    Timeline saveFinished() {
        return add(new JournalEvent.SaveFinished(true));
    }

    /** Saves an empty state. */
    Timeline savesAnything() {
        return savesState(Map.of()).saveFinished();
    }

    Timeline add(JournalEvent event) {
        checker.accept(new JournalEntry(now, node, event));
        return this;
    }

    /** The findings so far, including this instant. */
    Findings findings() {
        checker.accept(new JournalEntry(now.plusMillis(1), "", new JournalEvent.InjectedFault("the end", "")));
        return checker.findings();
    }

    /** The rules that were broken so far. */
    List<SafetyRule> broken() {
        Findings findings = findings();
        return Stream.of(SafetyRule.values())
                .filter(rule -> findings.forRule(rule).broken() > 0)
                .toList();
    }

    /** How often a rule was tested so far. */
    long tested(SafetyRule rule) {
        return findings().forRule(rule).tested();
    }
}
