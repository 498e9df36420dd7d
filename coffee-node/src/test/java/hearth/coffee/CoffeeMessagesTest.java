package hearth.coffee;

import hearth.common.message.Command.Press;
import hearth.common.message.Malformed;
import hearth.common.mqtt.Golden;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each message of a coffee machine as it stands on the wire. */
class CoffeeMessagesTest {

    @Test
    void whatItDoes() throws Malformed {
        Golden.message(CoffeeTopics.PHASE, Phase.IDLE, "idle");
        Golden.message(CoffeeTopics.PHASE, Phase.WAITING, "waiting");
        Golden.message(CoffeeTopics.PHASE, Phase.BREWING, "brewing");
        Golden.message(CoffeeTopics.PHASE, Phase.KEEPING_WARM, "keeping-warm");
        Golden.message(CoffeeTopics.PHASE, Phase.DONE, "done");
        Golden.message(CoffeeTopics.PHASE, Phase.INTERRUPTED, "interrupted");
        Golden.message(CoffeeTopics.PHASE, Phase.LOCKED, "locked");
    }

    @Test
    void whatItBrewed() {
        Golden.said(
                Brewed.TOPIC,
                new Brewed("3f2a9c1d-1", Cause.APPROACH, Duration.ofMinutes(6)),
                "{\"id\":\"3f2a9c1d-1\",\"for\":\"approach\",\"seconds\":360}");
        Golden.said(
                Brewed.TOPIC,
                new Brewed("a1", Cause.COMMAND, Duration.ofMinutes(6)),
                "{\"id\":\"a1\",\"for\":\"command\",\"seconds\":360}");
    }

    @Test
    void whatItIsTold() throws Malformed {
        Golden.message(CoffeeTopics.BREW, Press.PRESS, "PRESS");
        Golden.message(CoffeeTopics.CANCEL, Press.PRESS, "PRESS");
    }
}
