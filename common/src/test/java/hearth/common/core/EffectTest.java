package hearth.common.core;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Effect.Publish;
import hearth.common.message.CommonTopics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EffectTest {

    @Test
    void aStateWithoutAnExpiryNeverExpires() {
        assertThat(Publish.of(CommonTopics.FAULT, "none"))
                .isEqualTo(new Publish<>(CommonTopics.FAULT, "none", Instant.MAX));
    }
}
