package hearth.proving.checker;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A journal written by hand, shown to an observer line by line: {@code at("5m").heat(true).says("action", "heating")}. */
final class Timeline {

    static final int HEAT = 17;
    static final int COOL = 27;
    static final int COFFEE = 22;

    private static final Expectations HOUSE = Expectations.ofTheYear(52.0, 5.0);

    private final Observer observer = new Observer(HOUSE);
    private final String node;
    private Duration now = Duration.ZERO;

    private Timeline(String node) {
        this.node = node;
    }

    static Timeline of(String node) {
        return new Timeline(node);
    }

    /** An airco that has just booted and said what it is set to. */
    static Timeline ofAnAirco() {
        return of("airco").boot().settled("20.0", "heat_cool", "home");
    }

    /** @param time since the begin: {@code 90s}, {@code 4h} or {@code 1d2h3m4.5s} */
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

    Timeline boot(Map<String, String> remembered) {
        return see(new Event.Booted("b", 0, false, remembered, List.of())).looks("12:00");
    }

    /** A boot after which the device knows that it has forgotten something. */
    Timeline bootForgetting() {
        return see(new Event.Booted("b", 0, true, Map.of(), List.of())).looks("12:00");
    }

    Timeline looks(String hour) {
        return see(new Event.Looked(Optional.of(hour)));
    }

    Timeline powerCut() {
        return see(new Event.PowerCut());
    }

    Timeline settled(String target, String mode, String preset) {
        return says("target", target)
                .says("mode", mode)
                .says("preset", preset)
                .says("action", mode.equals("off") ? "off" : "idle")
                .says("fault", "none");
    }

    Timeline reads(double celsius) {
        return see(new Event.Read(OptionalDouble.of(celsius), ""));
    }

    /** The sensor is read each 30 seconds from now until then. */
    Timeline reads(double celsius, String until) {
        Duration end = Timeline.of("").at(until).now;
        for (reads(celsius); now.plusSeconds(30).compareTo(end) <= 0; reads(celsius)) {
            after(Duration.ofSeconds(30));
        }
        return this;
    }

    Timeline failsToRead() {
        return see(new Event.Read(OptionalDouble.empty(), "sensor-short"));
    }

    Timeline hears(String topic, String payload) {
        return see(new Event.Heard(topic, payload, false, -1, -1));
    }

    Timeline hearsRetained(String topic, String payload, long lifetimeS, long leftS) {
        return see(new Event.Heard(topic, payload, true, lifetimeS, leftS));
    }

    Timeline hearsExpired(String topic, String payload) {
        return see(new Event.Heard(topic, payload, false, 60, 0));
    }

    Timeline says(String topic, String payload) {
        return see(new Event.Said(node + "/" + topic, payload, 1, true, Long.MAX_VALUE));
    }

    Timeline answers(String id, String outcome) {
        return says(
                "result",
                "{\"command\":\"x\",\"id\":\"" + id + "\",\"outcome\":\"" + outcome
                        + "\",\"because\":\"a \\\"b\\\"\"}");
    }

    Timeline heat(boolean on) {
        return drives(HEAT, on).says("action", on ? "heating" : "idle");
    }

    Timeline cool(boolean on) {
        return drives(COOL, on).says("action", on ? "cooling" : "idle");
    }

    Timeline drives(int pin, boolean on) {
        return see(new Event.Driven(pin, on, true));
    }

    Timeline refuses(int pin) {
        return see(new Event.Driven(pin, true, false)).drives(pin, false);
    }

    Timeline keeps(Map<String, String> notes) {
        return see(new Event.Kept(notes));
    }

    Timeline stored() {
        return see(new Event.Stored(true));
    }

    /** Notes of anything, put on disk. */
    Timeline notes() {
        return keeps(Map.of()).stored();
    }

    Timeline see(Event event) {
        observer.see(new Entry(now, node, event));
        return this;
    }

    /** What was found by now, this instant included. */
    Findings findings() {
        observer.see(new Entry(now.plusMillis(1), "", new Event.Mishap("the end", "")));
        return observer.findings();
    }

    /** The rules that were broken by now. */
    List<Rule> broken() {
        Findings findings = findings();
        return Stream.of(Rule.values())
                .filter(rule -> findings.of(rule).broken() > 0)
                .toList();
    }

    /** How often a rule was put to the test by now. */
    long tested(Rule rule) {
        return findings().of(rule).tested();
    }
}
