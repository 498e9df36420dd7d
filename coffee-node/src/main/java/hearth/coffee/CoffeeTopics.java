package hearth.coffee;

import hearth.common.message.Command.Press;
import hearth.common.message.Shape;
import hearth.common.message.Topic;

/** What a coffee machine says and is told. */
final class CoffeeTopics {

    private CoffeeTopics() {}

    static final Topic<Phase> PHASE = Topic.state(
            "phase",
            1,
            Shape.oneOf(Phase.class, '-'),
            "idle, waiting, brewing, keeping-warm, done, interrupted or locked");

    static final Topic<Press> BREW =
            Topic.command("brew/set", 2, Press.SHAPE, "brews now, if nothing speaks against it");
    static final Topic<Press> CANCEL = Topic.command("cancel/set", 2, Press.SHAPE, "stops a brew, or the wait for one");
}
