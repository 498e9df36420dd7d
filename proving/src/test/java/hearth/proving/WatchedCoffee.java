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

/** A coffee machine, watched at its pin. */
final class WatchedCoffee {

    static final int PER_DAY = 3;

    private static final int MACHINE = 22;
    private static final LocalTime QUIET = LocalTime.of(8, 30);
    private static final LocalTime LOUD = LocalTime.of(13, 0);
    private static final Duration MAX_ON = Duration.ofMinutes(15);
    private static final Duration LOCK_OUT = Duration.ofMinutes(10);
    private static final Duration LOOKS_AT_THE_CLOCK = Duration.ofSeconds(30);

    private final CapturedHouse house;
    private final List<Instant> cups = new ArrayList<>();
    private final List<Duration> lengths = new ArrayList<>();
    private final List<Duration> rests = new ArrayList<>();
    private Instant since = Instant.MIN;

    WatchedCoffee(CapturedHouse house) {
        this.house = house;
        MemoryHal hal = house.start(
                new CoffeeNode(),
                "coffee",
                "coffee.gpio = " + MACHINE,
                "coffee.per-day = " + PER_DAY,
                "coffee.quiet-hours = " + QUIET + "-" + LOUD);
        hal.onSwitch(this::switched);
    }

    int cups() {
        return cups.size();
    }

    void keptItsLimits() {
        assertThat(lengths).allMatch(length -> length.compareTo(MAX_ON) <= 0);
        assertThat(rests).allMatch(rest -> rest.compareTo(LOCK_OUT) >= 0);
        for (Instant cup : cups) {
            LocalTime time = cup.atZone(ZoneOffset.UTC).toLocalTime();
            assertThat(time.isBefore(QUIET.plus(LOOKS_AT_THE_CLOCK)) || !time.isBefore(LOUD))
                    .as("no brew begins at %s", time)
                    .isTrue();
            assertThat(cups.stream()
                            .filter(other -> !other.isBefore(cup) && other.isBefore(cup.plus(Duration.ofDays(1)))))
                    .hasSizeLessThanOrEqualTo(PER_DAY);
        }
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
}
