package hearth.coffee;

import hearth.common.homeassistant.Entity;
import hearth.common.message.Command.Press;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.util.List;

/** The topics of a coffee machine. */
final class CoffeeTopics {

    private CoffeeTopics() {}

    private static final PayloadCodec<Phase> PHASES = PayloadCodec.oneOf(Phase.class, '-');

    static final Topic<Phase> PHASE = Topic.state(
            "phase",
            1,
            PHASES,
            "`idle`: ready; `waiting`: a car is coming, or the state is being saved; `brewing`;"
                    + " `keeping-warm`; `done`: the coffee is ready, and the minimum pause has not ended;"
                    + " `interrupted`: the brew was stopped early, and the minimum pause has not ended; `locked`:"
                    + " no brew for now. Either the daily limit is reached, or the node started less than"
                    + " `coffee.lock-out` ago, and its saved state contains earlier brews or is lost");

    static final Topic<Press> BREW = Topic.command(
            "brew/set",
            2,
            Press.SHAPE,
            "`PRESS` starts a brew, unless a rule forbids it (pause, quiet hours, daily limit, no cup, no water)");
    static final Topic<Press> CANCEL = Topic.command(
            "cancel/set", 2, Press.SHAPE, "`PRESS` stops the brew, or cancels the brew that waits for a car");

    /** The entities in Home Assistant. A brew is an event: as a state, an old brew would be announced at each start. */
    static final List<Entity> ENTITIES = List.of(
            Entity.button("brew", "Brew", BREW).with("payload_press", "PRESS").with("icon", "mdi:coffee"),
            Entity.button("cancel", "Cancel", CANCEL).with("payload_press", "PRESS"),
            Entity.sensor("phase", "Phase", PHASE).oneOf(Entity.payloads(PHASES, List.of(Phase.values()))),
            Entity.binarySensor("brewing", "Brewing", PHASE, "value == 'brewing'")
                    .deviceClass("running"),
            Entity.event("brewed", "Brewed", Brewed.TOPIC)
                    .with("event_types", List.of("brewed"))
                    .withValueTemplate("{'event_type': 'brewed', 'for': value_json['for'], 'id': value_json['id'],"
                            + " 'seconds': value_json['seconds']} | tojson"));
}
