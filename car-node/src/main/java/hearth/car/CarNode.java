package hearth.car;

import hearth.common.discovery.Entity;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Wiring;
import hearth.common.message.Approach;
import hearth.common.message.Common;
import hearth.common.message.Topic;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.Site;
import hearth.common.settings.Settings;
import hearth.common.value.Fix;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The car: knows where it is, says when it is coming home. */
public final class CarNode implements Device<CarSettings> {

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
        return List.of(Approach.TOPIC, Presence.TOPIC, Distance.TOPIC, Whereabouts.Place.TOPIC);
    }

    @Override
    public CarSettings read(Settings settings) {
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
    public Node<?, ?> assemble(CarSettings settings, Site site) {
        PositionSource receiver = receiver(settings, site);
        Node<CarState, CarInput> node = new Node<>(new ApproachDetector(settings), CarInput.Told::new, Map.of(), site);
        site.conversation().obey(Common.RESET, command -> node.ordered(new CarInput.Reset(command)));
        Consumer<Fix> drive = fix -> node.sensed(receiver, new CarInput.Fixed(fix));
        receiver.start(settings.tellsPosition() ? drive.andThen(new Whereabouts(settings, site)) : drive);
        return node;
    }

    private static PositionSource receiver(CarSettings settings, Site site) {
        if (settings.ownTracks().isPresent()) {
            return new OwnTracks(site.conversation(), settings.ownTracks().get());
        }
        return settings.serial()
                .map(device -> site.hal().receiver(device, settings.baud()))
                .orElseGet(() -> site.hal().receiver(settings.gpsdHost(), settings.gpsdPort()));
    }
}
