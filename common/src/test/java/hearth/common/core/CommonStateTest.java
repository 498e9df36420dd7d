package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CommonStateTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final CommonState FIRST = CommonState.atBoot(Boot.first("boot1"));
    private static final Command<Press> RESET = new Command<>("reset/set", "a1", Press.PRESS, NOW.plusSeconds(60));

    @Test
    void aNewNodeHasNoFaultsNoResultsAndNothingToSave() {
        assertThat(FIRST.faults()).isEmpty();
        assertThat(FIRST.pendingResults()).isEmpty();
        assertThat(FIRST.saveState(Map.of()).entries()).isEmpty();
    }

    @Test
    void theIdsOfCommandsAreSavedBesideTheNodesOwnEntriesAndReadAtTheNextBoot() {
        CommonState state = FIRST.with(FIRST.commandLog().withCommand(RESET));

        Map<String, String> saved = state.saveState(Map.of("target", "21.0")).entries();
        CommonState next = CommonState.atBoot(new Boot("boot2", saved, false));

        assertThat(saved).containsOnlyKeys("commands", "target");
        assertThat(next.commandLog().rejectRepeatedOrExpired(RESET, NOW)).isPresent();
    }

    @Test
    void aSettledResultIsNoLongerPending() {
        CommonState state = FIRST.withResult(RESET, Outcome.DONE, "", NOW)
                .withResult("brew/set", "", Outcome.REJECTED, "there is no cup", NOW);

        CommonState after = state.after(new EffectReport.Settled("result-0", true));

        assertThat(state.pendingResults()).hasSize(2);
        assertThat(after.pendingResults()).extracting(Effect.Announce::id).containsExactly("result-1");
    }

    @Test
    void aFailedWriteIsAFaultUntilAWriteSucceeds() {
        CommonState failed = FIRST.after(new EffectReport.StorageFailed("disk full"));

        assertThat(failed.faults()).containsExactly("storage");
        assertThat(failed.after(new EffectReport.StateSaved(Map.of())).faults()).isEmpty();
    }

    @Test
    void lostStateIsAFaultUntilItIsAcknowledged() {
        CommonState lost = CommonState.atBoot(new Boot("boot1", Map.of(), true));

        assertThat(lost.faults()).containsExactly("state-lost");
        assertThat(lost.acknowledged().faults()).isEmpty();
        assertThat(FIRST.withStateLost()).isEqualTo(lost);
    }

    @Test
    void theMostSevereFaultIsPublishedAndNoneWithoutAFault() {
        assertThat(CommonState.publishStrongest(List.of("no-reading", "storage")))
                .isEqualTo(Effect.Publish.of(CommonTopics.FAULT, "no-reading"));
        assertThat(CommonState.publishStrongest(List.of())).isEqualTo(Effect.Publish.of(CommonTopics.FAULT, "none"));
    }
}
