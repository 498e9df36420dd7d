package hearth.coffee;

import hearth.common.message.Command.Press;
import hearth.common.message.Malformed;
import hearth.testkit.bus.WireFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each message of a coffee machine as it is published. */
class CoffeeMessagesTest {

    @Test
    void phase() throws Malformed {
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.IDLE, "idle");
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.WAITING, "waiting");
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.BREWING, "brewing");
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.KEEPING_WARM, "keeping-warm");
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.DONE, "done");
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.INTERRUPTED, "interrupted");
        WireFormat.assertRoundTrip(CoffeeTopics.PHASE, Phase.LOCKED, "locked");
    }

    @Test
    void brewed() {
        WireFormat.assertWritten(
                Brewed.TOPIC,
                new Brewed("3f2a9c1d-1", Cause.APPROACH, Duration.ofMinutes(6)),
                "{\"id\":\"3f2a9c1d-1\",\"for\":\"approach\",\"seconds\":360}");
        WireFormat.assertWritten(
                Brewed.TOPIC,
                new Brewed("a1", Cause.COMMAND, Duration.ofMinutes(6)),
                "{\"id\":\"a1\",\"for\":\"command\",\"seconds\":360}");
    }

    @Test
    void commands() throws Malformed {
        WireFormat.assertRoundTrip(CoffeeTopics.BREW, Press.PRESS, "PRESS");
        WireFormat.assertRoundTrip(CoffeeTopics.CANCEL, Press.PRESS, "PRESS");
    }
}
