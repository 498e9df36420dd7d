package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class StorageStatusTest {

    private static final EffectReport FAILED = new EffectReport.StorageFailed("disk full");
    private static final EffectReport WORKED = new EffectReport.StateSaved(Map.of());

    @Test
    void aNewNodeHasNoFaults() {
        assertThat(StorageStatus.atBoot(Boot.first("boot1")).faults()).isEmpty();
    }

    @Test
    void aFailedWriteIsAFaultUntilAWriteSucceeds() {
        StorageStatus failing = StorageStatus.atBoot(Boot.first("boot1")).after(FAILED);
        assertThat(failing.faults()).containsExactly("storage");

        assertThat(failing.after(WORKED).faults()).isEmpty();
    }

    @Test
    void lostStateIsAFaultUntilTheOwnerAcknowledgesIt() {
        StorageStatus lost = StorageStatus.atBoot(new Boot("boot1", Map.of(), true));
        assertThat(lost.faults()).containsExactly("state-lost");
        assertThat(lost.after(WORKED).faults()).containsExactly("state-lost");

        assertThat(lost.acknowledged().faults()).isEmpty();
    }

    @Test
    void aFailingDiskIsMoreSevereThanLostStateAndCannotBeAcknowledged() {
        StorageStatus both =
                StorageStatus.atBoot(new Boot("boot1", Map.of(), true)).after(FAILED);

        assertThat(both.faults()).containsExactly("storage");
        assertThat(both.acknowledged().faults()).containsExactly("storage");
        assertThat(both.after(WORKED).faults()).containsExactly("state-lost");
    }

    @Test
    void otherReportsChangeNothing() {
        StorageStatus failing = StorageStatus.atBoot(Boot.first("boot1")).after(FAILED);

        assertThat(failing.after(new EffectReport.Settled("result-0", true))).isEqualTo(failing);
        assertThat(failing.after(new EffectReport.DriveFailed("heat", "line busy")))
                .isEqualTo(failing);
    }
}
