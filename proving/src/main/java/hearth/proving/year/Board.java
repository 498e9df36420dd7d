package hearth.proving.year;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.proving.replay.Antenna;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A board in memory: what is wired to it outlives the process that runs on it. */
final class Board implements Hal {

    private final Thermometer thermometer;
    private final Map<Integer, Contact> contacts;
    private final Antenna antenna = new Antenna();

    Board(Thermometer thermometer, Map<Integer, Contact> contacts) {
        this.thermometer = thermometer;
        this.contacts = Map.copyOf(contacts);
    }

    void receives(Fix fix) {
        antenna.receives(fix);
    }

    void losePower() {
        contacts.values().forEach(Contact::forceOff);
        antenna.close();
    }

    @Override
    public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
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
    public PositionSource receiver(Supplier<PositionSource> driver) {
        return antenna;
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return List.of();
    }
}
