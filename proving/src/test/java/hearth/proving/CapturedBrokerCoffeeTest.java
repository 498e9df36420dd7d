package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A coffee machine keeps its limits at a broker that an attacker controls. Checked at its pin. */
@Tag("slow")
class CapturedBrokerCoffeeTest {

    private static final CapturedBrokerTable TABLE = new CapturedBrokerTable("captured-coffee");
    private static final Duration WHOLE_TEST = Duration.ofHours(26);
    private static final Duration STORM = Duration.ofMinutes(5);
    private static final Duration A_HUNDREDTH = Duration.ofMillis(10);

    @AfterAll
    static void compareTableWithDocument() throws IOException {
        TABLE.assertUpToDate();
    }

    @Test
    @Fault("Gc")
    void theCoffeeMachineKeepsItsLimitsInAFloodOfForgedMessages() {
        List<Integer> cups = new ArrayList<>();
        int messages = 0;
        for (long seed = 1; seed <= 2; seed++) {
            CapturedBrokerRig rig = new CapturedBrokerRig();
            ForgedMessages forger = new ForgedMessages(seed);
            MonitoredCoffee coffee = new MonitoredCoffee(rig);
            List<String> brewed = rig.collect("coffee/brewed");
            Duration past = Duration.ZERO;
            while (past.compareTo(WHOLE_TEST) < 0) {
                Duration step = past.compareTo(STORM) < 0 ? A_HUNDREDTH : Duration.ofSeconds(10);
                rig.deliver(forger.nextForCoffee(), forger.randomBelow(3));
                messages++;
                rig.advance(step);
                past = past.plus(step);
            }

            coffee.assertLimitsKept();
            assertThat(brewed).doesNotHaveDuplicates();
            cups.add(coffee.cups());
        }
        assertThat(cups).as("it brews at all").allMatch(all -> all > 1);
        TABLE.row(
                1,
                "2",
                "send a coffee machine " + messages + " messages in 26 h, 100 per second at first, with " + cups.size()
                        + " random seeds: announcements of real and invented trips, and brew commands, forged, repeated,"
                        + " retained and malformed",
                CapturedBrokerTable.joined(cups) + " brews (one figure per seed), at most `coffee.per-day` = "
                        + MonitoredCoffee.PER_DAY
                        + " in any 24 h; one brew per trip or command id; none in quiet hours, none"
                        + " longer than `coffee.max-on`, and a pause of `coffee.lock-out` between brews");
    }
}
