package hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

final class VirtualTimersTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final List<String> told = new ArrayList<>();

    @Test
    void timeStandsStillUntilTheTestAdvancesIt() {
        timers.at(BEGIN.plusSeconds(5), () -> tell("five"));
        timers.every("each", Duration.ofSeconds(1), () -> tell("each"));
        timers.worker("worker").execute(() -> tell("worker"));

        assertThat(told).isEmpty();
        assertThat(timers.clock().instant()).isEqualTo(BEGIN);
    }

    @Test
    void aTaskRunsAtItsInstantAndTheOthersWait() {
        timers.at(BEGIN.plusSeconds(5), () -> tell("five"));
        timers.at(BEGIN.plusSeconds(3), () -> tell("three"));
        timers.at(BEGIN.plusSeconds(6), () -> tell("six"));

        timers.advance(Duration.ofSeconds(5));

        assertThat(told).containsExactly("three@3", "five@5");
        assertThat(timers.clock().instant()).isEqualTo(BEGIN.plusSeconds(5));
    }

    @Test
    void tasksAtTheSameInstantRunInTheOrderOfScheduling() {
        Executor worker = timers.worker("worker");
        timers.at(BEGIN, () -> {
            worker.execute(() -> tell("asked for last"));
            tell("one");
        });
        worker.execute(() -> tell("two"));

        timers.advance(Duration.ZERO);

        assertThat(told).containsExactly("one@0", "two@0", "asked for last@0");
    }

    @Test
    void anOverdueTaskRunsNow() {
        timers.advance(Duration.ofSeconds(9));
        timers.at(BEGIN, () -> tell("overdue"));

        timers.advance(Duration.ZERO);

        assertThat(told).containsExactly("overdue@9");
    }

    @Test
    void aTaskIsRepeatedFromNowOn() {
        timers.every("each", Duration.ofSeconds(2), () -> tell("each"));

        timers.advance(Duration.ofSeconds(5));

        assertThat(told).containsExactly("each@0", "each@2", "each@4");
    }

    @Test
    void aYearPassesInNoTime() {
        timers.every("daily", Duration.ofDays(1), () -> tell("day"));

        timers.advance(Duration.ofDays(365));

        assertThat(told).hasSize(366);
    }

    @Test
    void aMachineWithoutPowerRunsNoTasks() {
        VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
        machine.every("each", Duration.ofSeconds(2), () -> tell("each"));
        timers.every("world", Duration.ofSeconds(2), () -> tell("world"));
        timers.advance(Duration.ofSeconds(1));
        machine.worker("worker").execute(() -> tell("worker"));

        machine.cutPower();
        timers.advance(Duration.ofSeconds(4));

        assertThat(told).containsExactly("each@0", "world@0", "world@2", "world@4");
    }

    @Test
    void aBlockedThreadContinuesWhenItIsReleased() {
        VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
        machine.every("stuck", Duration.ofSeconds(2), () -> tell("stuck"));
        machine.every("free", Duration.ofSeconds(2), () -> tell("free"));

        machine.blockThread("stuck", BEGIN.plusSeconds(5));
        timers.advance(Duration.ofSeconds(6));

        assertThat(told).containsExactly("free@0", "free@2", "free@4", "stuck@5", "free@6");
    }

    @Test
    void unfinishedWorkIsLostInAPowerCut() {
        VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
        machine.delayWorker("disk", Duration.ofSeconds(2));
        machine.worker("disk").execute(() -> tell("first"));
        timers.advance(Duration.ofSeconds(3));
        machine.worker("disk").execute(() -> tell("second"));
        timers.advance(Duration.ofSeconds(1));

        machine.cutPower();
        timers.advance(Duration.ofSeconds(9));

        assertThat(told).containsExactly("first@2");
    }

    @Test
    void aMachinesClockMayBeWrongButRunsAtTheSameSpeed() {
        VirtualTimers.Machine machine = timers.machine(Duration.ofDays(-20));

        timers.advance(Duration.ofSeconds(3));

        assertThat(machine.clock().instant())
                .isEqualTo(BEGIN.minus(Duration.ofDays(20)).plusSeconds(3));
    }

    private void tell(String what) {
        told.add(what + "@" + Duration.between(BEGIN, timers.clock().instant()).toSeconds());
    }
}
