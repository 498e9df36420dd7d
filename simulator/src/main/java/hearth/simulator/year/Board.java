package hearth.simulator.year;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A board in memory: what is wired to it outlives the process that runs on it. */
final class Board implements Hal {

    private final Thermometer thermometer;
    private final Map<Integer, Contact> contacts;
    private Consumer<Fix> receiver = fix -> {};

    Board(Thermometer thermometer, Map<Integer, Contact> contacts) {
        this.thermometer = thermometer;
        this.contacts = Map.copyOf(contacts);
    }

    void receives(Fix fix) {
        receiver.accept(fix);
    }

    void losePower() {
        contacts.values().forEach(Contact::forceOff);
        receiver = fix -> {};
    }

    @Override
    public Thermometer thermometer(String address) {
        return thermometer;
    }

    @Override
    public Relay relay(Pin pin) {
        Contact contact = contacts.get(pin.number());
        if (contact == null) {
            throw new IllegalStateException("nothing is wired to pin " + pin.number());
        }
        return contact;
    }

    @Override
    public Switch input(Pin pin) {
        throw new IllegalStateException("no input is wired");
    }

    @Override
    public PositionSource receiver(String host, int port) {
        return new PositionSource() {
            @Override
            public void start(Consumer<Fix> listener) {
                receiver = listener;
            }

            @Override
            public void close() {
                receiver = fix -> {};
            }
        };
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return List.of();
    }
}
