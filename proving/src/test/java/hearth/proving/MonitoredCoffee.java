package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeNode;
import hearth.testkit.MemoryHal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A coffee machine, monitored at its pin. */
final class MonitoredCoffee {

    static final int PER_DAY = 3;

    private static final int MACHINE = 22;
    private static final LocalTime QUIET_FROM = LocalTime.of(8, 30);
    private static final LocalTime QUIET_TO = LocalTime.of(13, 0);
    private static final Duration MAX_ON = Duration.ofMinutes(15);
    private static final Duration LOCK_OUT = Duration.ofMinutes(10);
    private static final Duration CLOCK_POLL_PERIOD = Duration.ofSeconds(30);

    private final CapturedBrokerRig rig;
    private final List<Instant> cups = new ArrayList<>();
    private final List<Duration> brewTimes = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Instant switchedAt = Instant.MIN;

    MonitoredCoffee(CapturedBrokerRig rig) {
        this.rig = rig;
        MemoryHal hal = rig.start(
                new CoffeeNode(),
                "coffee",
                "coffee.gpio = " + MACHINE,
                "coffee.per-day = " + PER_DAY,
                "coffee.quiet-hours = " + QUIET_FROM + "-" + QUIET_TO);
        hal.onSwitch(this::onSwitched);
    }

    int cups() {
        return cups.size();
    }

    void assertLimitsKept() {
        assertThat(brewTimes).allMatch(length -> length.compareTo(MAX_ON) <= 0);
        assertThat(pauses).allMatch(pause -> pause.compareTo(LOCK_OUT) >= 0);
        for (Instant cup : cups) {
            LocalTime time = cup.atZone(ZoneOffset.UTC).toLocalTime();
            assertThat(time.isBefore(QUIET_FROM.plus(CLOCK_POLL_PERIOD)) || !time.isBefore(QUIET_TO))
                    .as("no brew begins at %s", time)
                    .isTrue();
            assertThat(cups.stream()
                            .filter(other -> !other.isBefore(cup) && other.isBefore(cup.plus(Duration.ofDays(1)))))
                    .hasSizeLessThanOrEqualTo(PER_DAY);
        }
    }

    private void onSwitched(int pin, boolean isOn) {
        assertThat(pin).isEqualTo(MACHINE);
        if (isOn && !cups.isEmpty()) {
            pauses.add(Duration.between(switchedAt, rig.now()));
        } else if (!isOn) {
            brewTimes.add(Duration.between(switchedAt, rig.now()));
        }
        if (isOn) {
            cups.add(rig.now());
        }
        switchedAt = rig.now();
    }
}
