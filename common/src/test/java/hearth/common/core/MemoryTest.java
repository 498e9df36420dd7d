package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class MemoryTest {

    private static final Report FAILED = new Report.StorageFailed("disk full");
    private static final Report WORKED = new Report.OnDisk(Map.of());

    @Test
    void aNewDeviceHasNothingToComplainAbout() {
        assertThat(Memory.atBoot(Boot.first("boot1")).faults()).isEmpty();
    }

    @Test
    void whatCouldNotBeKeptIsAFaultUntilSomethingIs() {
        Memory failing = Memory.atBoot(Boot.first("boot1")).after(FAILED);
        assertThat(failing.faults()).containsExactly("storage");

        assertThat(failing.after(WORKED).faults()).isEmpty();
    }

    @Test
    void whatWasLostIsAFaultUntilTheOwnerHasSeenIt() {
        Memory lost = Memory.atBoot(new Boot("boot1", Map.of(), true));
        assertThat(lost.faults()).containsExactly("state-lost");
        assertThat(lost.after(WORKED).faults()).containsExactly("state-lost");

        assertThat(lost.acknowledged().faults()).isEmpty();
    }

    @Test
    void aFailingDiskIsToldBeforeALostMemoryAndIsNotTheOwnersToAcknowledge() {
        Memory both = Memory.atBoot(new Boot("boot1", Map.of(), true)).after(FAILED);

        assertThat(both.faults()).containsExactly("storage");
        assertThat(both.acknowledged().faults()).containsExactly("storage");
        assertThat(both.after(WORKED).faults()).containsExactly("state-lost");
    }

    @Test
    void reportsOfOtherThingsChangeNothing() {
        Memory failing = Memory.atBoot(Boot.first("boot1")).after(FAILED);

        assertThat(failing.after(new Report.Settled("result-0", true))).isEqualTo(failing);
        assertThat(failing.after(new Report.DriveFailed("heat", "line busy"))).isEqualTo(failing);
    }
}
