package hearth.car;

import hearth.common.hal.GpsdPosition;
import hearth.common.hal.PositionSource;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.Site;
import hearth.common.settings.Settings;
import java.util.Map;

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
    public CarSettings read(Settings settings) {
        return CarSettings.read(settings);
    }

    /** With {@code --mock} too: a mock car is a gpsd on a loopback port. */
    @Override
    public Node<?, ?> assemble(CarSettings settings, Site site) {
        return assemble(settings, site, new GpsdPosition(settings.gpsdHost(), settings.gpsdPort()));
    }

    /** On any receiver; it is listened to at once. */
    public static Node<?, ?> assemble(CarSettings settings, Site site, PositionSource receiver) {
        Node<CarState, CarInput> node = new Node<>(new ApproachDetector(settings), CarInput.Told::new, Map.of(), site);
        receiver.start(fix -> node.sensed(receiver, new CarInput.Fixed(fix)));
        return node;
    }
}
