package hearth.car;

import hearth.common.hal.PositionSource;
import hearth.common.hal.Wiring;
import hearth.common.homeassistant.Entity;
import hearth.common.message.Approach;
import hearth.common.message.CommonTopics;
import hearth.common.message.Topic;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.settings.Settings;
import hearth.common.value.Fix;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The car: knows where it is, says when it is coming home. */
public final class CarNode implements NodeType<CarSettings> {

    public static void main(String[] args) {
        Launcher.main(new CarNode(), args);
    }

    @Override
    public String program() {
        return "car-node";
    }

    @Override
    public String purpose() {
        return "knows where the car is, and says when it is coming home";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of(Approach.TOPIC, Presence.TOPIC, Distance.TOPIC, PositionPublisher.PublishedPosition.TOPIC);
    }

    @Override
    public CarSettings readSettings(Settings settings) {
        return CarSettings.read(settings);
    }

    @Override
    public Wiring wiring(CarSettings settings) {
        return Wiring.NONE; // Its receiver is on the network, or on a line that may come later.
    }

    @Override
    public List<Entity> entities(CarSettings settings) {
        return CarEntities.of(settings);
    }

    @Override
    public Node<?, ?> assemble(CarSettings settings, NodeContext context) {
        PositionSource receiver = receiver(settings, context);
        Node<CarState, CarInput> node =
                new Node<>(new ApproachDetector(settings), CarInput.Reported::new, Map.of(), context);
        context.bus().onCommand(CommonTopics.RESET, command -> node.commandReceived(new CarInput.Reset(command)));
        Consumer<Fix> drive = fix -> node.stateReceived(receiver, new CarInput.FixReceived(fix));
        receiver.start(settings.publishesPosition() ? drive.andThen(new PositionPublisher(settings, context)) : drive);
        return node;
    }

    private static PositionSource receiver(CarSettings settings, NodeContext context) {
        if (settings.ownTracks().isPresent()) {
            return new OwnTracks(context.bus(), settings.ownTracks().get());
        }
        return context.hal().receiver(() -> settings.serial()
                .<PositionSource>map(device -> new SerialPosition(device, settings.baud()))
                .orElseGet(() -> new GpsdPosition(settings.gpsdHost(), settings.gpsdPort())));
    }
}
