package hearth.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.fault.Fault;
import hearth.common.fault.Figures;
import hearth.common.hal.MemoryHal;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Signer;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Launcher;
import hearth.common.store.Store;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A broker that is somebody else's, who has it deliver whatever does harm: the devices' own limits hold, and with signed
 * commands it moves nothing at all. Judged by pins and by what the house is told. The table in {@code
 * docs/captured-broker.md} is made of these runs; write it anew with {@code mvn -pl simulator -am test
 * -Dtest=CapturedBrokerTest -Dhearth.docs=write -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CapturedBrokerTest {

    private static final int HEAT = 17;
    private static final int COOL = 27;
    private static final int MACHINE = 22;
    private static final Duration MIN_OFF = Duration.ofMinutes(5);
    private static final Duration DEAD_TIME = Duration.ofSeconds(30);
    private static final Duration STORM = Duration.ofMinutes(11);
    private static final Duration A_HUNDREDTH = Duration.ofMillis(10);
    private static final Duration A_TENTH = Duration.ofMillis(100);
    private static final int PER_DAY = 3;

    /** Lines of the table by their place in it. */
    private static final Map<Integer, String> ROWS = new TreeMap<>();

    private final Map<String, Map<String, String>> disks = new HashMap<>();
    private VirtualHouse house = new VirtualHouse(this::disk);

    @BeforeEach
    void aHouse() {
        disks.clear();
        house = new VirtualHouse(this::disk);
    }

    @AfterAll
    static void theTableIsAsTheDocumentSays() throws IOException {
        if (ROWS.size() == 7) { // Not one test alone.
            Figures.hold(
                    "captured-broker.md",
                    "captured-house",
                    "| line | tried | held |\n|---|---|---|\n" + String.join("", ROWS.values()));
        }
    }

    @Test
    @Fault("Gc")
    void aStormOfForgeriesLeavesTheThermostatWithinItsLimits() {
        List<Integer> runs = new ArrayList<>();
        int commands = 0;
        for (long seed = 1; seed <= 2; seed++) {
            aHouse();
            Forger forger = new Forger(seed);
            Airco airco = new Airco(18);
            List<String> targets = heard("airco/target");
            for (int i = 0; i < hundredths(STORM); i++) {
                house.broker().publish(forger.forTheThermostat(), forger.dice(3));
                commands++;
                if (forger.dice(20_000) == 0) {
                    house.broker().cut("airco");
                }
                airco.livesFor(A_HUNDREDTH);
            }

            assertThat(targets).isNotEmpty().allSatisfy(text -> {
                double target = Double.parseDouble(text);
                assertThat(target).isBetween(5.0, 30.0);
                assertThat(target * 2 % 1).isZero();
            });
            assertThat(airco.runs(HEAT)).isLessThanOrEqualTo(most(STORM));
            assertThat(airco.runs(COOL)).isLessThanOrEqualTo(most(STORM));
            runs.add(airco.runs(HEAT) + airco.runs(COOL));
            obeysItsOwnerAgain("airco/target/set", "21.0", "airco/target");
        }
        assertThat(runs).as("it does something at all").allMatch(all -> all > 0);
        row(
                1,
                "1",
                "thermostat: commands forged, repeated, out of order, retained, malformed, its connection cut: 100 a"
                        + " second for 11 min, " + runs.size() + " seeds, " + commands + " in all",
                "set point from 5 to 30 °C in half degrees, heat and cool never together and 30 s apart; relays on "
                        + said(runs) + " times, of at most " + 2 * most(STORM) + "; then it obeys its owner again");
    }

    @Test
    @Fault("Gc")
    void frostAndOverheatingAreNotTheBrokersToAllow() {
        Airco warm = new Airco(30, "airco.sources = local, probe", "airco.combine = min");
        double warmest = 0;
        for (int i = 0; i < tenths(Duration.ofMinutes(15)); i++) {
            say("probe/temperature", "10.00");
            say("airco/target/set", i % 2 == 0 ? "30.0" : "29.5");
            say("airco/mode/set", "heat");
            warm.livesFor(A_TENTH);
            warmest = Math.max(warmest, warm.degrees);
        }
        assertThat(warm.runs(HEAT)).isPositive();
        assertThat(warmest).as("the sensor is read every two seconds").isBetween(34.9, 35.2);
        assertThat(warm.hal.isOn(HEAT)).isFalse();

        aHouse();
        Airco cold = new Airco(6);
        for (int i = 0; i < tenths(Duration.ofMinutes(10)); i++) {
            say("airco/mode/set", i % 2 == 0 ? "off" : "cool");
            say("airco/target/set", "5.0");
            cold.livesFor(A_TENTH);
        }
        assertThat(cold.runs(COOL)).isZero();
        assertThat(cold.degrees).as("frost protection").isGreaterThan(7.5);
        row(
                2,
                "1",
                "thermostat with a sensor of its own: 10 °C forged of another's that it follows, 30 °C and `heat`, ten"
                        + " times a second; `off`, `cool` and 5 °C in a room at 6 °C",
                "no heat from `absolute-max` on, whatever the other says; frost protection heats, and nothing cools");
    }

    @Test
    @Fault("Gc")
    void aModeThatChangesAHundredTimesASecondWearsNoRelayOut() {
        Airco airco = new Airco(17);
        Duration time = Duration.ofMinutes(16);
        for (int i = 0; i < hundredths(time); i++) {
            say("airco/mode/set", i % 2 == 0 ? "heat" : "cool");
            if (i % 2 == 0) {
                say("airco/target/set", i % 4 == 0 ? "30.0" : "5.0");
            }
            airco.livesFor(A_HUNDREDTH);
        }
        int runs = airco.runs(HEAT) + airco.runs(COOL);

        assertThat(airco.runs(HEAT)).isBetween(1, most(time));
        assertThat(airco.runs(COOL)).isBetween(0, most(time));
        row(
                4,
                "3",
                "thermostat: `heat` and `cool` by turns, 5 and 30 °C by turns, 100 a second for 16 min",
                "relays on " + runs + " times, of at most " + 2 * most(time)
                        + ": each rests `min-off` between its runs");
    }

    @Test
    @Fault("Gc")
    void aStormOfForgeriesLeavesTheCoffeeMachineWithinItsLimits() {
        List<Integer> cups = new ArrayList<>();
        int messages = 0;
        for (long seed = 1; seed <= 2; seed++) {
            aHouse();
            Forger forger = new Forger(seed);
            Coffee coffee = new Coffee();
            List<String> brewed = heard("coffee/brewed");
            Duration left = Duration.ofHours(26);
            while (left.compareTo(Duration.ZERO)
                    > 0) { // 100 a second for five minutes, and then one every ten seconds.
                boolean storm = left.compareTo(Duration.ofHours(26).minusMinutes(5)) > 0;
                Duration step = storm ? A_HUNDREDTH : Duration.ofSeconds(10);
                house.broker().publish(forger.forTheCoffee(), forger.dice(3));
                messages++;
                house.pass(step);
                left = left.minus(step);
            }

            coffee.keptItsLimits();
            assertThat(brewed).doesNotHaveDuplicates();
            cups.add(coffee.cups.size());
        }
        assertThat(cups).as("it does something at all").allMatch(all -> all > 1);
        row(
                3,
                "2",
                "coffee machine: approaches of known and invented trips, brews forged, repeated, retained, malformed: "
                        + messages + " in 26 h, 100 a second at first, " + cups.size() + " seeds",
                said(cups) + " brews, `per-day` = " + PER_DAY
                        + " in any 24 h; one a trip or id; none in quiet hours, none"
                        + " longer than `max-on`, `lock-out` between them");
    }

    @Test
    @Fault("Gc")
    void whatItRepeatsIsNotDoneAgain() {
        Airco airco = new Airco(20);
        List<String> results = heard("airco/result");
        for (int i = 0; i < 200; i++) {
            say("airco/target/set", "{\"id\":\"a" + i + "\",\"value\":" + (i % 2 == 0 ? 21 : 19) + "}");
            airco.livesFor(Duration.ofMillis(100));
        }
        house.powerCut("airco");
        Airco again = new Airco(20);
        for (int times = 0; times < 10; times++) {
            for (int i = 168; i < 200; i++) { // As many as are noted on its disk.
                say("airco/target/set", "{\"id\":\"a" + i + "\",\"value\":" + (i % 2 == 0 ? 21 : 19) + "}");
                again.livesFor(A_HUNDREDTH);
            }
        }

        assertThat(results.stream().filter(text -> text.contains("\"done\"")))
                .hasSize(200)
                .doesNotHaveDuplicates();
        row(
                5,
                "4",
                "200 commands with ids, a power cut, and the last 32 ten times over",
                "200 done, each once; without an id, or when 256 others came since, an old one is one more: see signed"
                        + " commands");
    }

    @Test
    @Fault("Gc")
    void withSignedCommandsItCanDropAndDelayThemAndNothingElse() throws Malformed {
        Signer owner = new Signer();
        Signer stranger = new Signer();
        house.obeying(owner.key());
        Airco airco = new Airco(20);
        List<String> results = heard("airco/result");
        List<String> targets = heard("airco/target");
        Forger forger = new Forger(7);
        Map<String, Instant> expires = new HashMap<>();
        List<Incoming> captured = new ArrayList<>();
        Map<String, Instant> doneAt = new HashMap<>();
        int forged = 0;
        int seconds = 600;
        for (int second = 0; second < seconds; second++) {
            if (second % 30 == 0) { // The owner has asked for something; the broker keeps it for now, or for good.
                String id = "o" + second;
                expires.put(id, house.now().plusSeconds(60));
                String value = second % 60 == 0 ? "19.0" : "22.0";
                captured.add(incoming(
                        "airco/target/set", owner.command("home/airco/target/set", id, value, expires.get(id))));
            }
            if (second == 300) {
                house.powerCut("airco");
                airco = new Airco(20);
            }
            for (int i = 0; i < 20; i++) {
                Incoming real = captured.get(forger.dice(captured.size()));
                String text = new String(real.payload(), UTF_8);
                boolean honest = forger.dice(20) == 0;
                Incoming sent = honest
                        ? real
                        : switch (forger.dice(6)) {
                            case 0 ->
                                incoming(
                                        "airco/target/set",
                                        text.replace("9.0", "9.5").replace("22.0", "30.0"));
                            case 1 -> incoming("airco/target/set", text.replace("\"id\":\"o", "\"id\":\"p"));
                            case 2 -> incoming("airco/target/set", text.replaceFirst("T0[89]:", "T10:"));
                            case 3 -> incoming("airco/mode/set", text);
                            case 4 ->
                                incoming(
                                        "airco/target/set",
                                        stranger.command(
                                                "home/airco/target/set",
                                                "s" + forged,
                                                "30.0",
                                                house.now().plusSeconds(60)));
                            default -> forger.forTheThermostat();
                        };
                forged += honest ? 0 : 1;
                house.broker().publish(sent, 1);
                airco.livesFor(Duration.ofMillis(50));
                for (String result : List.copyOf(results)) {
                    Payload.Fields fields = Json.fields(result);
                    if (fields.text("outcome").equals("done")) {
                        String id = fields.text("id");
                        assertThat(doneAt.put(id, house.now()))
                                .as("%s is done once", id)
                                .isNull();
                        assertThat(house.now().minusMillis(50))
                                .as("%s in its time", id)
                                .isBefore(expires.get(id));
                    }
                }
                results.clear();
            }
        }

        assertThat(doneAt).as("some got through").hasSizeGreaterThan(5);
        assertThat(targets).contains("19.0", "22.0").isSubsetOf("20.0", "19.0", "22.0");
        row(
                7,
                "1 to 4, signed",
                "with `commands.key`: " + forged
                        + " forgeries in ten minutes, of commands that the owner signed (another"
                        + " value, id, time or topic), by a key of its own, and unsigned; the owner's " + expires.size()
                        + " delayed and repeated, a power cut",
                "none of the forged is done; of the owner's, " + doneAt.size()
                        + " that came in their time, each once; the others it could only drop");
    }

    @Test
    @Fault("Gc")
    void noCommandReachesWhereItConnectsWhatItIsWiredToOrWhatItsLimitsAre() {
        List<String> commands = Stream.concat(
                        Launcher.TOPICS.stream(),
                        Stream.of(new ThermostatNode(), new CoffeeNode(), new CarNode())
                                .flatMap(device -> device.topics().stream()))
                .filter(topic -> topic.kind() == Topic.Kind.COMMAND)
                .map(Topic::name)
                .sorted()
                .toList();

        assertThat(commands)
                .containsExactly(
                        "brew/set", "cancel/set", "history/ack", "mode/set", "preset/set", "reset/set", "target/set");
        row(
                6,
                "8",
                "a command that changes where a node connects, with what, its pins or its limits, or runs something",
                "there is none; there are "
                        + commands.stream().map(name -> "`" + name + "`").collect(joining(", ")));
    }

    private void obeysItsOwnerAgain(String topic, String value, String state) {
        house.pass(Duration.ofMinutes(1));
        say(topic, "{\"id\":\"owner\",\"value\":" + value + "}");
        house.pass(Duration.ofSeconds(1));
        assertThat(house.broker().stored("home/" + state).map(message -> new String(message.payload(), UTF_8)))
                .contains(value);
    }

    private void say(String topic, String text) {
        house.broker().publish(incoming(topic, text), 1);
    }

    private static Incoming incoming(String topic, String text) {
        return new Incoming("home/" + topic, text.getBytes(UTF_8), false, Incoming.ABSENT, Incoming.ABSENT);
    }

    private List<String> heard(String topic) {
        List<String> heard = new ArrayList<>();
        Bus ear = house.broker().bus("ear of " + topic, "home/ear/status");
        ear.connect(Duration.ZERO);
        ear.subscribe(
                new Subscription("home/" + topic, 1, true),
                message -> heard.add(new String(message.payload(), UTF_8)),
                Duration.ZERO);
        house.pass(Duration.ZERO);
        return heard;
    }

    /** Memory that survives a power cut, and costs no disk. */
    private Store disk(String name) {
        return new Store() {
            @Override
            public Saved read() {
                return new Saved(disks.getOrDefault(name, Map.of()), false);
            }

            @Override
            public void write(Map<String, String> notes) {
                disks.put(name, notes);
            }
        };
    }

    private static int tenths(Duration time) {
        return (int) time.dividedBy(A_TENTH);
    }

    private static int hundredths(Duration time) {
        return (int) time.dividedBy(A_HUNDREDTH);
    }

    /** So often a relay can go on at most: it rests after each run, and once after the boot. */
    private static int most(Duration time) {
        return (int) time.dividedBy(MIN_OFF);
    }

    private static String said(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    private static void row(int place, String line, String tried, String held) {
        ROWS.put(place, "| " + line + " | " + tried + " | " + held + " |\n");
    }

    /** A thermostat in a room with a strong heater, watched at its pins. */
    private final class Airco {

        private final Map<Integer, Instant> offSince = new HashMap<>();
        private final Set<Integer> on = new TreeSet<>();
        private final Map<Integer, Integer> runs = new HashMap<>();
        private final MemoryHal hal;
        private double degrees;
        private Instant felt = house.now();

        Airco(double degrees, String... more) {
            this.degrees = degrees;
            String wired = "airco.heat.gpio = 17\nairco.cool.gpio = 27\n";
            hal = house.start(new ThermostatNode(), "airco", wired + String.join("\n", more));
            offSince.put(HEAT, house.now());
            offSince.put(COOL, house.now());
            hal.watch(this::switched);
            feel();
        }

        int runs(int pin) {
            return runs.getOrDefault(pin, 0);
        }

        void livesFor(Duration time) {
            house.pass(time);
            if (!house.now().isBefore(felt.plusSeconds(1))) {
                felt = house.now();
                degrees += (hal.isOn(HEAT) ? 0.03 : 0) - (hal.isOn(COOL) ? 0.03 : 0);
                feel();
            }
        }

        private void feel() {
            hal.senses(new Reading.Measured(Celsius.of(Math.round(degrees * 16) / 16.0)));
        }

        private void switched(int pin, boolean isOn) {
            Instant now = house.now();
            if (isOn) {
                assertThat(on).as("never both").isEmpty();
                assertThat(Duration.between(offSince.get(pin), now)).isGreaterThanOrEqualTo(MIN_OFF.minusSeconds(1));
                assertThat(Duration.between(offSince.get(pin == HEAT ? COOL : HEAT), now))
                        .isGreaterThanOrEqualTo(DEAD_TIME.minusSeconds(1));
                on.add(pin);
                runs.merge(pin, 1, Integer::sum);
            } else {
                on.remove(pin);
                offSince.put(pin, now);
            }
        }
    }

    /** A coffee machine, watched at its pin. */
    private final class Coffee {

        private final List<Instant> cups = new ArrayList<>();
        private final List<Duration> lengths = new ArrayList<>();
        private final List<Duration> rests = new ArrayList<>();
        private Instant since = Instant.MIN;

        Coffee() {
            MemoryHal hal = house.start(
                    new CoffeeNode(),
                    "coffee",
                    "coffee.gpio = 22",
                    "coffee.per-day = " + PER_DAY,
                    "coffee.quiet-hours = 08:30-13:00");
            hal.watch(this::switched);
        }

        private void switched(int pin, boolean isOn) {
            assertThat(pin).isEqualTo(MACHINE);
            if (isOn && !cups.isEmpty()) {
                rests.add(Duration.between(since, house.now()));
            } else if (!isOn) {
                lengths.add(Duration.between(since, house.now()));
            }
            if (isOn) {
                cups.add(house.now());
            }
            since = house.now();
        }

        void keptItsLimits() {
            assertThat(lengths).allMatch(length -> length.compareTo(Duration.ofMinutes(15)) <= 0);
            assertThat(rests).allMatch(rest -> rest.compareTo(Duration.ofMinutes(10)) >= 0);
            for (Instant cup : cups) {
                LocalTime time = cup.atZone(ZoneOffset.UTC).toLocalTime();
                assertThat(time.isBefore(LocalTime.of(8, 30, 30))
                                || // It looks at the clock every 30 s.
                                !time.isBefore(LocalTime.of(13, 0)))
                        .as("no brew begins at %s", time)
                        .isTrue();
                assertThat(cups.stream()
                                .filter(other -> !other.isBefore(cup) && other.isBefore(cup.plus(Duration.ofDays(1)))))
                        .hasSizeLessThanOrEqualTo(PER_DAY);
            }
        }
    }
}
