package hearth.valve;

import hearth.common.homeassistant.Entity;
import hearth.common.message.Command.Press;
import hearth.common.message.FaultCode;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import hearth.valve.Valve.Position;
import hearth.valve.Valve.Soil;
import java.util.List;

/** The topics, entities and faults of a valve. */
final class ValveTopics {

    static final Topic<Position> POSITION = Topic.state(
            "position", 1, PayloadCodec.oneOf(Position.class, '-'), "position of the valve: `open` or `closed`");
    static final Topic<Soil> SOIL = Topic.state(
            "soil",
            1,
            PayloadCodec.oneOf(Soil.class, '-'),
            "`dry`; `wet`; or `unknown` before the moisture contact was read");
    static final Topic<Press> OPEN =
            Topic.command("open/set", 1, Press.SHAPE, "`PRESS` opens the valve, unless the soil is wet");
    static final Topic<Press> CLOSE = Topic.command("close/set", 1, Press.SHAPE, "`PRESS` closes the valve");

    static final FaultCode RELAY_FAULT = new FaultCode(
            "relay-valve",
            "the pin of the valve's relay could not be switched on: the valve stays closed",
            "the journal has the cause");

    static final List<Entity> ENTITIES = List.of(
            Entity.button("open", "Open", OPEN).with("payload_press", "PRESS"),
            Entity.button("close", "Close", CLOSE).with("payload_press", "PRESS"),
            Entity.binarySensor("position", "Position", POSITION, "value == 'open'")
                    .deviceClass("opening"),
            Entity.binarySensor("soil", "Soil", SOIL, "value == 'wet'").deviceClass("moisture"));

    private ValveTopics() {}
}
