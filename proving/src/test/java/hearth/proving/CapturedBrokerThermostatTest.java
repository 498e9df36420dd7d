package hearth.proving;

import static hearth.proving.MonitoredAirco.COOL;
import static hearth.proving.MonitoredAirco.HEAT;
import static hearth.proving.MonitoredAirco.maxSwitchOns;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thermostat keeps its limits at a broker that an attacker controls. Checked at its pins. */
@Tag("slow")
class CapturedBrokerThermostatTest {

    private static final CapturedBrokerTable TABLE = new CapturedBrokerTable("captured-thermostat");
    private static final Duration STORM = Duration.ofMinutes(11);
    private static final Duration A_HUNDREDTH = Duration.ofMillis(10);
    private static final Duration A_TENTH = Duration.ofMillis(100);

    private CapturedBrokerRig rig = new CapturedBrokerRig();

    @AfterAll
    static void compareTableWithDocument() throws IOException {
        TABLE.assertUpToDate();
    }

    @Test
    @Fault("Gc")
    void theThermostatKeepsItsLimitsInAFloodOfForgedMessages() {
        List<Integer> runs = new ArrayList<>();
        int commands = 0;
        for (long seed = 1; seed <= 2; seed++) {
            rig = new CapturedBrokerRig();
            ForgedMessages forger = new ForgedMessages(seed);
            MonitoredAirco airco = new MonitoredAirco(rig, 18);
            List<String> targets = rig.collect("airco/target");
            for (int i = 0; i < STORM.dividedBy(A_HUNDREDTH); i++) {
                rig.deliver(forger.nextForThermostat(), forger.randomBelow(3));
                commands++;
                if (forger.randomBelow(20_000) == 0) {
                    rig.disconnect("airco");
                }
                airco.runFor(A_HUNDREDTH);
            }

            assertThat(targets).isNotEmpty().allSatisfy(text -> {
                double target = Double.parseDouble(text);
                assertThat(target).isBetween(5.0, 30.0);
                assertThat(target * 2 % 1).isZero();
            });
            assertThat(airco.switchOns(HEAT)).isLessThanOrEqualTo(maxSwitchOns(STORM));
            assertThat(airco.switchOns(COOL)).isLessThanOrEqualTo(maxSwitchOns(STORM));
            runs.add(airco.switchOns());
            assertOwnerObeyed();
        }
        assertThat(runs).as("it heats or cools at all").allMatch(all -> all > 0);
        TABLE.row(
                1,
                "1",
                "send a thermostat 100 commands per second for 11 min, with " + runs.size() + " random seeds, "
                        + commands
                        + " in all: forged, repeated, out of order, retained and malformed; cut its connection",
                "the target stays between 5 and 30 °C in steps of 0.5; heat and cool are never on together, and at least 30 s"
                        + " apart; relays switch on " + CapturedBrokerTable.joined(runs)
                        + " times (one figure per seed), at most " + 2 * maxSwitchOns(STORM)
                        + " are allowed; afterwards the owner's commands work again");
    }

    @Test
    @Fault("Gc")
    void theBrokerCannotDisableTheAbsoluteLimitsAndFrostProtection() {
        MonitoredAirco warm = new MonitoredAirco(rig, 30, "airco.sources = local, probe", "airco.combine = min");
        double warmest = 0;
        for (int i = 0; i < Duration.ofMinutes(15).dividedBy(A_TENTH); i++) {
            rig.publish("probe/temperature", "10.00");
            rig.publish("airco/target/set", i % 2 == 0 ? "30.0" : "29.5");
            rig.publish("airco/mode/set", "heat");
            warm.runFor(A_TENTH);
            warmest = Math.max(warmest, warm.degrees());
        }
        assertThat(warm.switchOns(HEAT)).isPositive();
        assertThat(warmest).as("the sensor is read every two seconds").isBetween(34.9, 35.2);
        assertThat(warm.isOn(HEAT)).isFalse();

        rig = new CapturedBrokerRig();
        MonitoredAirco cold = new MonitoredAirco(rig, 6);
        for (int i = 0; i < Duration.ofMinutes(10).dividedBy(A_TENTH); i++) {
            rig.publish("airco/mode/set", i % 2 == 0 ? "off" : "cool");
            rig.publish("airco/target/set", "5.0");
            cold.runFor(A_TENTH);
        }
        assertThat(cold.switchOns(COOL)).isZero();
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
    void aHundredModeChangesPerSecondDoNotWearOutARelay() {
        MonitoredAirco airco = new MonitoredAirco(rig, 17);
        Duration time = Duration.ofMinutes(16);
        for (int i = 0; i < time.dividedBy(A_HUNDREDTH); i++) {
            rig.publish("airco/mode/set", i % 2 == 0 ? "heat" : "cool");
            if (i % 2 == 0) {
                rig.publish("airco/target/set", i % 4 == 0 ? "30.0" : "5.0");
            }
            airco.runFor(A_HUNDREDTH);
        }

        assertThat(airco.switchOns(HEAT)).isBetween(1, maxSwitchOns(time));
        assertThat(airco.switchOns(COOL)).isBetween(0, maxSwitchOns(time));
        TABLE.row(
                3,
                "3",
                "send a thermostat modes `heat` and `cool`, and targets 5 and 30 °C, alternating, 100 per second for 16 min",
                "relays switch on " + airco.switchOns() + " times, at most " + 2 * maxSwitchOns(time)
                        + " are allowed: each relay stays off for `min-off` between two heating or cooling periods");
    }

    private void assertOwnerObeyed() {
        rig.advance(Duration.ofMinutes(1));
        rig.publish("airco/target/set", "{\"id\":\"owner\",\"value\":21.0}");
        rig.advance(Duration.ofSeconds(1));
        assertThat(rig.stored("airco/target")).contains("21.0");
    }
}
