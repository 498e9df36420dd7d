package hearth.proving;

import static hearth.proving.WatchedAirco.COOL;
import static hearth.proving.WatchedAirco.HEAT;
import static hearth.proving.WatchedAirco.most;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A broker that is somebody else's, and a thermostat that keeps its own limits. Judged by its pins. */
class CapturedThermostatTest {

    private static final CapturedTable TABLE = new CapturedTable("captured-thermostat");
    private static final Duration STORM = Duration.ofMinutes(11);
    private static final Duration A_HUNDREDTH = Duration.ofMillis(10);
    private static final Duration A_TENTH = Duration.ofMillis(100);

    private CapturedHouse house = new CapturedHouse();

    @AfterAll
    static void theTableIsAsTheDocumentSays() throws IOException {
        TABLE.hold();
    }

    @Test
    @Fault("Gc")
    void aStormOfForgeriesLeavesTheThermostatWithinItsLimits() {
        List<Integer> runs = new ArrayList<>();
        int commands = 0;
        for (long seed = 1; seed <= 2; seed++) {
            house = new CapturedHouse();
            Forger forger = new Forger(seed);
            WatchedAirco airco = new WatchedAirco(house, 18);
            List<String> targets = house.heard("airco/target");
            for (int i = 0; i < STORM.dividedBy(A_HUNDREDTH); i++) {
                house.deliver(forger.forTheThermostat(), forger.dice(3));
                commands++;
                if (forger.dice(20_000) == 0) {
                    house.cut("airco");
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
            runs.add(airco.runs());
            itObeysItsOwnerAgain();
        }
        assertThat(runs).as("it does something at all").allMatch(all -> all > 0);
        TABLE.row(
                1,
                "1",
                "send a thermostat 100 commands per second for 11 min, with " + runs.size() + " random seeds, "
                        + commands
                        + " in all: forged, repeated, out of order, retained and malformed; cut its connection",
                "the target stays between 5 and 30 °C in steps of 0.5; heat and cool are never on together, and at least 30 s"
                        + " apart; relays switch on " + CapturedTable.said(runs)
                        + " times (one figure per seed), at most " + 2 * most(STORM)
                        + " are allowed; afterwards the owner's commands work again");
    }

    @Test
    @Fault("Gc")
    void frostAndOverheatingAreNotTheBrokersToAllow() {
        WatchedAirco warm = new WatchedAirco(house, 30, "airco.sources = local, probe", "airco.combine = min");
        double warmest = 0;
        for (int i = 0; i < Duration.ofMinutes(15).dividedBy(A_TENTH); i++) {
            house.say("probe/temperature", "10.00");
            house.say("airco/target/set", i % 2 == 0 ? "30.0" : "29.5");
            house.say("airco/mode/set", "heat");
            warm.livesFor(A_TENTH);
            warmest = Math.max(warmest, warm.degrees());
        }
        assertThat(warm.runs(HEAT)).isPositive();
        assertThat(warmest).as("the sensor is read every two seconds").isBetween(34.9, 35.2);
        assertThat(warm.isOn(HEAT)).isFalse();

        house = new CapturedHouse();
        WatchedAirco cold = new WatchedAirco(house, 6);
        for (int i = 0; i < Duration.ofMinutes(10).dividedBy(A_TENTH); i++) {
            house.say("airco/mode/set", i % 2 == 0 ? "off" : "cool");
            house.say("airco/target/set", "5.0");
            cold.livesFor(A_TENTH);
        }
        assertThat(cold.runs(COOL)).isZero();
        assertThat(cold.degrees()).as("frost protection").isGreaterThan(7.5);
        TABLE.row(
                2,
                "1",
                "to a thermostat with a local and a remote sensor, send ten times per second: 10 °C as the value of the"
                        + " remote sensor, target 30 °C, mode `heat`; then, in a room at 6 °C: modes `off` and `cool`,"
                        + " target 5 °C",
                "no heating at or above `airco.absolute-max`, whatever the remote sensor reports; in the cold room frost"
                        + " protection heats, and nothing cools");
    }

    @Test
    @Fault("Gc")
    void aModeThatChangesAHundredTimesASecondWearsNoRelayOut() {
        WatchedAirco airco = new WatchedAirco(house, 17);
        Duration time = Duration.ofMinutes(16);
        for (int i = 0; i < time.dividedBy(A_HUNDREDTH); i++) {
            house.say("airco/mode/set", i % 2 == 0 ? "heat" : "cool");
            if (i % 2 == 0) {
                house.say("airco/target/set", i % 4 == 0 ? "30.0" : "5.0");
            }
            airco.livesFor(A_HUNDREDTH);
        }

        assertThat(airco.runs(HEAT)).isBetween(1, most(time));
        assertThat(airco.runs(COOL)).isBetween(0, most(time));
        TABLE.row(
                3,
                "3",
                "send a thermostat modes `heat` and `cool`, and targets 5 and 30 °C, alternating, 100 per second for 16 min",
                "relays switch on " + airco.runs() + " times, at most " + 2 * most(time)
                        + " are allowed: each relay stays off for `min-off` between two heating or cooling periods");
    }

    private void itObeysItsOwnerAgain() {
        house.pass(Duration.ofMinutes(1));
        house.say("airco/target/set", "{\"id\":\"owner\",\"value\":21.0}");
        house.pass(Duration.ofSeconds(1));
        assertThat(house.stored("airco/target")).contains("21.0");
    }
}
